package bellframe.outbound.oidc;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.TokenIssuer;
import bellframe.sts.WebIdentity;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the claims of a token must be (OpenID Connect Core 1.0, section 3.1.3.7), once it is known who made them.
record ClaimRules(TokenIssuer provider, Instant now) {

    /// AWS takes tokens for five minutes after they expired, for the sake of clocks that differ ("OIDC federation" in its
    /// IAM guide). The same is allowed for those that are not valid yet.
    static final Duration SKEW_LIMIT = Duration.ofMinutes(5);

    /// @throws Refused if a rule is broken
    WebIdentity identity(JWTClaimsSet claims) {
        Instant expires = expires(claims);
        requireBegun(claims.getNotBeforeTime());
        requireBegun(claims.getIssueTime());
        String audience = audience(claims);
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty()) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        var tags = SessionTags.of(claims);
        return new WebIdentity(provider.url(), subject, audience, texts(claims), tags.principal(),
                tags.transitiveKeys(), expires, claims.getClaim("name") instanceof String name ? name : null);
    }

    private Instant expires(JWTClaimsSet claims) {
        Date expiration = claims.getExpirationTime();
        if (expiration == null) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        Instant expires = expiration.toInstant();
        if (!now.isBefore(expires.plus(SKEW_LIMIT))) {
            throw new Refused(Refusal.EXPIRED_IDENTITY_TOKEN);
        }
        return expires;
    }

    private void requireBegun(@Nullable Date beginning) {
        if (beginning != null && beginning.toInstant().isAfter(now.plus(SKEW_LIMIT))) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
    }

    /// The client id that the token is for. One that is for several says in `azp` which of them it was issued to.
    private String audience(JWTClaimsSet claims) {
        List<String> audiences = claims.getAudience();
        List<String> accepted = audiences.stream()
                .filter(Objects::nonNull)
                .filter(provider.clientIds()::contains)
                .toList();
        Object party = audiences.size() > 1 ? claims.getClaim("azp") : null;
        if (accepted.isEmpty() || (party != null && !provider.clientIds().contains(party))) {
            throw new Refused(Refusal.IDP_REJECTED_CLAIM);
        }
        return party instanceof String id && accepted.contains(id) ? id : accepted.getFirst();
    }

    private static Map<String, List<String>> texts(JWTClaimsSet claims) {
        var texts = new HashMap<String, List<String>>();
        claims.getClaims().forEach((name, value) -> {
            switch (value) {
                case String text -> texts.put(name, List.of(text));
                case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    texts.put(name, list.stream().map(String.class::cast).toList());
                case null, default -> {
                }
            }
        });
        return texts;
    }
}
