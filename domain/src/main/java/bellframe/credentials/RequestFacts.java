package bellframe.credentials;

import bellframe.policy.PolicyContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the policies of a signer may ask about one request. Confined to the thread that decides.
public final class RequestFacts implements PolicyContext {

    private static final String PRINCIPAL_TAG = "aws:principaltag/";
    private static final String RESOURCE_TAG = "aws:resourcetag/";

    private final Principal principal;
    private final Origin origin;
    private final String resource;
    private final ResourceTags tags;
    private final String region;
    private final Instant now;
    private @Nullable SequencedMap<String, String> resourceTags;

    RequestFacts(Principal principal, Origin origin, String resource, ResourceTags tags, String region, Instant now) {
        this.principal = principal;
        this.origin = origin;
        this.resource = resource;
        this.tags = tags;
        this.region = region;
        this.now = now;
    }

    @Override
    public List<String> values(String key) {
        if (key.startsWith(PRINCIPAL_TAG)) {
            return value(principal.tags().get(key.substring(PRINCIPAL_TAG.length())));
        }
        if (key.startsWith(RESOURCE_TAG)) {
            return resourceTag(key.substring(RESOURCE_TAG.length()));
        }
        SessionFacts session = principal.session();
        return switch (key) {
            case "aws:principalarn" -> value(principal.policyArn());
            case "aws:principalaccount" -> value(principal.account());
            case "aws:principaltype" -> value(principal.kind().policyName());
            case "aws:userid" -> value(principal.id());
            case "aws:username" -> value(principal.userName());
            case "aws:sourceip" -> value(origin.address());
            case "aws:securetransport" -> value(Boolean.toString(origin.secure()));
            case "aws:useragent" -> value(origin.userAgent());
            case "aws:currenttime" -> value(now.toString());
            case "aws:epochtime" -> value(Long.toString(now.getEpochSecond()));
            case "aws:requestedregion" -> value(region);
            case "aws:tokenissuetime" -> value(session == null ? null : session.issued().toString());
            case "aws:federatedprovider" -> value(session == null ? null : session.provider());
            case "aws:sourceidentity" -> value(session == null ? null : session.sourceIdentity());
            default -> List.of();
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

    private static List<String> value(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
