package bellframe.sts;

import bellframe.policy.PolicyContext;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// What trust policies may ask beyond what is known of the caller: how the role is to be assumed.
final class AssumptionFacts implements PolicyContext {

    private static final String REQUEST_TAG = "aws:requesttag/";

    private final PolicyContext caller;
    private final Assumption wanted;
    private final NavigableMap<String, String> sessionTags;
    private final @Nullable String sourceIdentity;

    /// @param sessionTags all tags that the session gets, by keys that may be asked for in any case
    AssumptionFacts(PolicyContext caller, Assumption wanted, NavigableMap<String, String> sessionTags,
            @Nullable String sourceIdentity) {
        this.caller = caller;
        this.wanted = wanted;
        this.sessionTags = sessionTags;
        this.sourceIdentity = sourceIdentity;
    }

    @Override
    public List<String> values(String key) {
        if (key.startsWith(REQUEST_TAG)) {
            return PolicyContext.value(sessionTags.get(key.substring(REQUEST_TAG.length())));
        }
        return switch (key) {
            case "aws:tagkeys" -> List.copyOf(sessionTags.keySet());
            case "sts:transitivetagkeys" -> wanted.transitiveTagKeys();
            case "sts:externalid" -> PolicyContext.value(wanted.externalId());
            case "sts:rolesessionname" -> PolicyContext.value(wanted.sessionName());
            case "sts:sourceidentity" -> PolicyContext.value(sourceIdentity);
            default -> caller.values(key);
        };
    }
}
