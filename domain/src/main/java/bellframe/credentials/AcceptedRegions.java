package bellframe.credentials;

/// Which regions a signature may be scoped to.
public sealed interface AcceptedRegions {

    boolean accepts(CredentialScope scope);

    /// The configured region; for the services that AWS has only once, also the one they sign with there.
    record Only(String region) implements AcceptedRegions {

        private static final String GLOBAL = "us-east-1";

        @Override
        public boolean accepts(CredentialScope scope) {
            return region.equals(scope.region())
                    || (GLOBAL.equals(scope.region()) && !scope.service().equals(SignedService.CHIME.scope()));
        }
    }

    /// Whatever region the client is configured with.
    record Any() implements AcceptedRegions {

        @Override
        public boolean accepts(CredentialScope scope) {
            return !scope.region().isEmpty();
        }
    }
}
