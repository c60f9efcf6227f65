package bellframe.server.conformance;

/// What a server is going through while errors are provoked.
enum Situation {
    /// it works
    HEALTHY,
    /// it has as many app instances, and its first one as many admins, as may be
    AT_ITS_LIMITS,
    /// it works on as many requests as it may
    BUSY,
    /// its store can neither be read nor written
    STORE_FAILS,
    /// it is about to stop
    DRAINING
}
