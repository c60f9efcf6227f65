package bellframe.outbound.oidc;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tags that a provider attaches to the sessions of a user, in one claim or, for providers whose claims cannot be
/// nested, in a claim each ("Pass session tags in AWS STS" in the IAM guide).
///
/// How many there may be and what they may consist of are rules of the session, not of the token.
record SessionTags(Map<String, String> principal, List<String> transitiveKeys) {

    private static final String CLAIM = "https://aws.amazon.com/tags";
    private static final String PRINCIPAL = "principal_tags";
    private static final String TRANSITIVE = "transitive_tag_keys";
    private static final String FLAT_PRINCIPAL = CLAIM + "/" + PRINCIPAL + "/";
    private static final String FLAT_TRANSITIVE = CLAIM + "/" + TRANSITIVE;

    /// @throws Refused if a tag has not exactly one value, or a claim is of another form
    static SessionTags of(JWTClaimsSet claims) {
        Map<?, ?> nested = object(claims.getClaim(CLAIM));
        var principal = new HashMap<String, String>();
        object(nested.get(PRINCIPAL)).forEach((key, value) -> put(principal, text(key), value));
        claims.getClaims().forEach((name, value) -> {
            if (name.startsWith(FLAT_PRINCIPAL)) {
                put(principal, name.substring(FLAT_PRINCIPAL.length()), value);
            }
        });
        var transitive = new ArrayList<String>();
        transitive.addAll(texts(nested.get(TRANSITIVE)));
        transitive.addAll(texts(claims.getClaim(FLAT_TRANSITIVE)));
        return new SessionTags(principal, transitive);
    }

    private static void put(Map<String, String> tags, String key, @Nullable Object value) {
        List<String> values = texts(value);
        if (values.size() != 1 || tags.put(key, values.getFirst()) != null) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
    }

    private static Map<?, ?> object(@Nullable Object claim) {
        return switch (claim) {
            case null -> Map.of();
            case Map<?, ?> object -> object;
            default -> throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        };
    }

    private static List<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> list -> list.stream().map(SessionTags::text).toList();
            default -> throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        };
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
    }
}
