package bellframe.credentials;

/// Which regions a signature may be scoped to.
public sealed interface AcceptedRegions {

    boolean accepts(String region);

    /// The configured region alone.
    record Only(String region) implements AcceptedRegions {

        @Override
        public boolean accepts(String other) {
            return region.equals(other);
        }
    }

    /// Whatever region the client is configured with.
    record Any() implements AcceptedRegions {

        @Override
        public boolean accepts(String other) {
            return !other.isEmpty();
        }
    }
}
