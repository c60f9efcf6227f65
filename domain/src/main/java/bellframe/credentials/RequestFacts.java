package bellframe.credentials;

import bellframe.policy.PolicyContext;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the policies of a signer may ask about one request. Confined to the thread that decides.
public final class RequestFacts implements PolicyContext {

    private static final String PRINCIPAL_TAG = "aws:principaltag/";
    private static final String RESOURCE_TAG = "aws:resourcetag/";

    private final Principal principal;
    private final Circumstances circumstances;
    private final String resource;
    private final ResourceTags tags;
    private final String region;
    private @Nullable SequencedMap<String, String> resourceTags;

    RequestFacts(Principal principal, Circumstances circumstances, String resource, ResourceTags tags, String region) {
        this.principal = principal;
        this.circumstances = circumstances;
        this.resource = resource;
        this.tags = tags;
        this.region = region;
    }

    @Override
    public List<String> values(String key) {
        if (key.startsWith(PRINCIPAL_TAG)) {
            return PolicyContext.value(principal.tags().get(key.substring(PRINCIPAL_TAG.length())));
        }
        if (key.startsWith(RESOURCE_TAG)) {
            return resourceTag(key.substring(RESOURCE_TAG.length()));
        }
        SessionFacts session = principal.session();
        return switch (key) {
            case "aws:principalarn" -> PolicyContext.value(principal.policyArn());
            case "aws:principalaccount" -> PolicyContext.value(principal.account());
            case "aws:principaltype" -> PolicyContext.value(principal.kind().policyName());
            case "aws:userid" -> PolicyContext.value(principal.id());
            case "aws:username" -> PolicyContext.value(principal.userName());
            case "aws:requestedregion" -> PolicyContext.value(region);
            case "aws:tokenissuetime" -> PolicyContext.value(session == null ? null : session.issued().toString());
            case "aws:federatedprovider" -> PolicyContext.value(session == null ? null : session.provider());
            case "aws:sourceidentity" -> PolicyContext.value(session == null ? null : session.sourceIdentity());
            default -> circumstances.values(key);
        };
    }

    private List<String> resourceTag(String key) {
        SequencedMap<String, String> all = resourceTags;
        if (all == null) {
            all = tags.of(resource);
            resourceTags = all;
        }
        return all.entrySet()
                .stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .toList();
    }
}
