package bellframe.policy;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What several documents say together.
public final class Policies {

    private Policies() {
    }

    /// Decides by all policies of somebody: one must allow it, and so must the session policy; none may deny it.
    ///
    /// @param identity the policies of the user or role
    /// @param session the policy with which the session was begun; null if there is none
    public static Decision decide(Collection<PolicyDocument> identity, @Nullable PolicyDocument session,
            PolicyRequest request) {
        Decision own = decide(identity, request);
        if (session == null || own == Decision.EXPLICITLY_DENIED) {
            return own;
        }
        Decision cut = session.decide(request);
        return cut == Decision.ALLOWED ? own : cut;
    }

    private static Decision decide(Collection<PolicyDocument> policies, PolicyRequest request) {
        Decision all = Decision.IMPLICITLY_DENIED;
        for (PolicyDocument policy : policies) {
            Decision one = policy.decide(request);
            if (one == Decision.EXPLICITLY_DENIED) {
                return one;
            }
            all = one == Decision.ALLOWED ? one : all;
        }
        return all;
    }
}
