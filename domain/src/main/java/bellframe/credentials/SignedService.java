package bellframe.credentials;

/// The services that requests are signed for.
public enum SignedService {
    CHIME("chime"),
    IAM("iam"),
    STS("sts");

    private final String scope;

    SignedService(String scope) {
        this.scope = scope;
    }

    /// The service's name in the scope of a signature, and before the colon of an action in policies.
    public String scope() {
        return scope;
    }
}
