package bellframe.server.config;

/// Where the audit log goes.
public enum AuditTarget {
    /// A file of its own in the data folder.
    FILE,
    /// The server's log.
    LOG
}
