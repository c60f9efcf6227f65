package bellframe.credentials;

/// A key pair and the principal it stands for.
public record AccessKey(String id, String secret, Principal principal) {

    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
