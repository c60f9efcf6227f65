package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the claim of a request that is signed in its query.
final class PresignedQuery {

    private static final int EXPIRES_MAX_SECONDS = 604_800;
    private static final int EXPIRES_MAX_DIGITS = 6;

    private final QueryParameters query;

    private PresignedQuery(QueryParameters query) {
        this.query = query;
    }

    /// Whether the query carries any part of a signature.
    static boolean isSigned(QueryParameters query) {
        return query.find("X-Amz-Algorithm") != null
                || query.find("X-Amz-Credential") != null
                || query.find(QueryParameters.SIGNATURE) != null;
    }

    static Claim read(SignedRequest request, QueryParameters query) {
        return new PresignedQuery(query).read(request);
    }

    private Claim read(SignedRequest request) {
        requireAlgorithm();
        return new Claim(Claim.Placement.QUERY,
                Credential.parse(required("X-Amz-Credential")),
                SignedHeaders.parse(required("X-Amz-SignedHeaders")),
                required(QueryParameters.SIGNATURE),
                signingTime(),
                lifetime(),
                either(query.find("X-Amz-Security-Token"), request.header(Claim.SECURITY_TOKEN_HEADER)),
                either(query.find("X-Amz-Content-Sha256"), request.header(Claim.CONTENT_HASH_HEADER)));
    }

    private void requireAlgorithm() {
        if (!required("X-Amz-Algorithm").equals(Claim.ALGORITHM)) {
            throw incomplete("Unsupported AWS 'algorithm' in X-Amz-Algorithm; use 'AWS4-HMAC-SHA256'.");
        }
    }

    private SigningTime signingTime() {
        SigningTime time = SigningTime.parse(required("X-Amz-Date"));
        if (time == null) {
            throw incomplete("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\".");
        }
        return time;
    }

    private Duration lifetime() {
        String text = required("X-Amz-Expires");
        int seconds = text.length() <= EXPIRES_MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : 0;
        if (seconds < 1 || seconds > EXPIRES_MAX_SECONDS) {
            throw incomplete("X-Amz-Expires must be a number of seconds from 1 to 604800.");
        }
        return Duration.ofSeconds(seconds);
    }

    private String required(String name) {
        String value = query.find(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("AWS query-string parameters must include '" + name + "'.");
        }
        return value;
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static Refused incomplete(String message) {
        return new Refused(Refusal.INCOMPLETE_SIGNATURE, message);
    }
}
