package bellframe.credentials;

import bellframe.policy.Decision;
import bellframe.policy.Policies;
import bellframe.policy.PolicyRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the policies of principals whether they may do something.
public final class Permissions {

    /// What actions that concern no resource in particular are asked for.
    public static final String ANY_RESOURCE = "*";

    private final ResourceTags tags;
    private final String region;
    private final InstantSource clock;

    public Permissions(ResourceTags tags, String region, InstantSource clock) {
        this.tags = tags;
        this.region = region;
        this.clock = clock;
    }

    /// Refuses what a principal's policies do not allow.
    ///
    /// @param action `service:Operation`
    /// @param resources the ARNs of which each must be allowed; none for an action on nothing in particular
    /// @throws Refused with [Refusal#ACCESS_DENIED]
    public void require(Principal principal, Origin origin, String action, List<String> resources) {
        if (resources.isEmpty()) {
            require(principal, origin, action, ANY_RESOURCE);
        }
        for (String resource : resources) {
            require(principal, origin, action, resource);
        }
    }

    private void require(Principal principal, Origin origin, String action, String resource) {
        switch (decide(principal, origin, action, resource)) {
            case ALLOWED -> {
                // On with it.
            }
            case IMPLICITLY_DENIED ->
                throw denied(principal, action, resource, "because no policy allows the " + action + " action");
            case EXPLICITLY_DENIED -> throw denied(principal, action, resource, "with an explicit deny in a policy");
        }
    }

    /// What the principal's own policies say.
    public Decision decide(Principal principal, Origin origin, String action, String resource) {
        if (principal.kind() == Principal.Kind.ROOT) {
            return Decision.ALLOWED;
        }
        SessionFacts session = principal.session();
        return Policies.decide(principal.policies(), session == null ? null : session.policy(),
                new PolicyRequest(action, resource, facts(principal, origin, resource)));
    }

    /// What policies may ask about a request.
    ///
    /// @param principal who makes it
    public RequestFacts facts(Principal principal, Origin origin, String resource) {
        return new RequestFacts(principal, new Circumstances(origin, clock.instant()), resource, tags, region);
    }

    /// The refusal of an action.
    ///
    /// @param why the end of the sentence
    public static Refused denied(Principal principal, String action, String resource, @Nullable String why) {
        return new Refused(Refusal.ACCESS_DENIED, "User: " + principal.arn() + " is not authorized to perform: "
                + action + " on resource: " + resource + (why == null ? "" : " " + why));
    }
}
