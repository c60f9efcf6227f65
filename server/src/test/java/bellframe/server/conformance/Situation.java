package bellframe.server.conformance;

/// What a server is going through while errors are provoked.
enum Situation {
    /// it works
    HEALTHY,
    /// it has as much as may be of everything that [LimitScenarios] asks one more of
    AT_ITS_LIMITS,
    /// it works on as many requests as it may
    BUSY,
    /// its store can neither be read nor written
    STORE_FAILS,
    /// it is about to stop
    DRAINING
}
