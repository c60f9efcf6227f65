package bellframe.credentials;

/// A long-lived key pair and the principal it stands for.
///
/// @param principalArn `arn:aws:iam::<account>:root` for the root key
public record AccessKey(String id, String secret, String principalArn) {

    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
