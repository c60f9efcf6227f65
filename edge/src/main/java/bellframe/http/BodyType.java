package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.Locale;

/// Tells bodies that may be JSON from bodies that cannot be.
final class BodyType {

    private BodyType() {
    }

    /// Refuses a body that neither says it is JSON nor looks like it; clients often name the wrong type or none.
    static void check(SignedRequest request) {
        if (request.body().length > 0 && !saysJson(request) && !looksLikeObject(request.body())) {
            throw new Refused(Refusal.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static boolean saysJson(SignedRequest request) {
        List<String> types = request.headers().get("content-type");
        return types == null || types.getFirst().toLowerCase(Locale.ROOT).contains("json");
    }

    private static boolean looksLikeObject(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }
}
