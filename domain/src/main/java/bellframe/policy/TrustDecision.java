package bellframe.policy;

/// What the trust policy of a role says about somebody who wants to assume it.
public enum TrustDecision {
    /// The caller is allowed by name, as everyone is by `*`: that suffices.
    ALLOWED,
    /// The caller's account is allowed, and leaves it to the caller's own policies.
    LEFT_TO_ACCOUNT,
    /// No statement applies.
    IMPLICITLY_DENIED,
    /// A statement denies it, whatever others allow.
    EXPLICITLY_DENIED;

    /// What becomes of it with the policies of the caller, which can always deny, but need not allow what is allowed by
    /// name.
    public Decision with(Decision own) {
        return switch (this) {
            case ALLOWED -> own == Decision.EXPLICITLY_DENIED ? own : Decision.ALLOWED;
            case LEFT_TO_ACCOUNT -> own;
            case IMPLICITLY_DENIED -> own == Decision.EXPLICITLY_DENIED ? own : Decision.IMPLICITLY_DENIED;
            case EXPLICITLY_DENIED -> Decision.EXPLICITLY_DENIED;
        };
    }
}
