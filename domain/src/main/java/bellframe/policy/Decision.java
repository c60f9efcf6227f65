package bellframe.policy;

/// What policies say about a request.
public enum Decision {
    ALLOWED,
    /// No statement applies.
    IMPLICITLY_DENIED,
    /// A statement denies it, whatever others allow.
    EXPLICITLY_DENIED
}
