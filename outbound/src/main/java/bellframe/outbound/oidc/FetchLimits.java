package bellframe.outbound.oidc;

import java.time.Duration;

/// How long a fetch of keys may take.
///
/// @param whole for both documents, from the name's resolution to the last byte
record FetchLimits(Duration connecting, Duration whole) {

    /// AWS gives an identity provider five seconds as well.
    static final FetchLimits STANDARD = new FetchLimits(Duration.ofSeconds(3), Duration.ofSeconds(5));
}
