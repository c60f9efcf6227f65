package bellframe.credentials;

/// What a derived signing key is good for.
record CredentialScope(String day, String region, String service) {

    static final String TERMINATOR = "aws4_request";

    @Override
    public String toString() {
        return day + '/' + region + '/' + service + '/' + TERMINATOR;
    }
}
