package bellframe.http;

import bellframe.refusals.Refusal;
import java.util.EnumMap;
import java.util.Map;

/// The names that refusals have in the AWS Query protocol: those of its front door differ from those of REST services.
final class QueryErrors {

    /// How a refusal is told.
    record Told(int status, String code) {
    }

    private static final Map<Refusal, Told> DIFFERENT = new EnumMap<>(Map.ofEntries(
            Map.entry(Refusal.INVALID_INPUT, new Told(400, "ValidationError")),
            Map.entry(Refusal.THROTTLED, new Told(400, "Throttling")),
            Map.entry(Refusal.INTERNAL_FAILURE, new Told(500, "InternalFailure")),
            Map.entry(Refusal.UNAVAILABLE, new Told(503, "ServiceUnavailable")),
            Map.entry(Refusal.UNKNOWN_OPERATION, new Told(400, "InvalidAction")),
            Map.entry(Refusal.MISSING_AUTHENTICATION, new Told(403, "MissingAuthenticationToken")),
            Map.entry(Refusal.INCOMPLETE_SIGNATURE, new Told(400, "IncompleteSignature")),
            Map.entry(Refusal.UNRECOGNIZED_CLIENT, new Told(403, "InvalidClientTokenId")),
            Map.entry(Refusal.INVALID_SIGNATURE, new Told(403, "SignatureDoesNotMatch")),
            Map.entry(Refusal.EXPIRED_TOKEN, new Told(403, "ExpiredToken")),
            Map.entry(Refusal.ACCESS_DENIED, new Told(403, "AccessDenied"))));

    private QueryErrors() {
    }

    static Told of(Refusal refusal) {
        return DIFFERENT.getOrDefault(refusal, new Told(refusal.status(), refusal.error()));
    }
}
