package bellframe.server.config;

/// How log lines look.
public enum LogFormat {
    /// Text if standard error is a terminal, JSON otherwise.
    AUTO,
    TEXT,
    JSON
}
