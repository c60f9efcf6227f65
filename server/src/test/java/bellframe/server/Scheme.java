package bellframe.server;

/// The two ways to speak HTTP to the one port.
enum Scheme {
    PLAIN,
    TLS
}
