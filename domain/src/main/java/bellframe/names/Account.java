package bellframe.names;

/// The account and region whose resources this server keeps; they stand in every ARN it gives out.
///
/// @param id 12 digits
public record Account(String id, String region) {

    /// The principal that the account's root key stands for.
    public String rootArn() {
        return "arn:aws:iam::" + id + ":root";
    }
}
