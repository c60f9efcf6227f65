package bellframe.bench.load;

/// Where a server listens on this machine.
///
/// @param tls whether clients are to speak HTTPS and wss
public record Endpoint(int port, boolean tls) {

    static final String NAME = "localhost";

    /// What the `Host` header says, which is signed.
    String host() {
        return NAME + ":" + port;
    }
}
