package bellframe.server.config;

/// Which of the documented limits hold.
public enum LimitProfile {
    /// Those of sizes and numbers.
    STANDARD,
    /// Those of rates too, so that applications can be tried against them.
    AWS
}
