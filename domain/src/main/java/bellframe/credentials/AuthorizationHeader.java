package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// Reads the claim of a request that is signed in its `Authorization` header.
final class AuthorizationHeader {

    static final String NAME = "authorization";

    private static final String DATE_HEADER = "x-amz-date";

    private final String credentialAndMore;

    private AuthorizationHeader(String credentialAndMore) {
        this.credentialAndMore = credentialAndMore;
    }

    static Claim read(SignedRequest request) {
        var header = new AuthorizationHeader(afterAlgorithm(request.onlyHeader(NAME)));
        return new Claim(Claim.Placement.HEADER,
                Credential.parse(header.required("Credential")),
                SignedHeaders.parse(header.required("SignedHeaders")),
                header.required("Signature"),
                signingTime(request),
                Authenticator.SKEW_LIMIT,
                request.header(Claim.SECURITY_TOKEN_HEADER),
                request.header(Claim.CONTENT_HASH_HEADER));
    }

    private static String afterAlgorithm(String value) {
        int space = value.indexOf(' ');
        if (space < 0 || !value.substring(0, space).equals(Claim.ALGORITHM)) {
            throw incomplete("Unsupported AWS 'algorithm' in the Authorization header; use 'AWS4-HMAC-SHA256'.");
        }
        return value.substring(space + 1);
    }

    private String required(String name) {
        String value = find(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }

    private @Nullable String find(String name) {
        @Nullable
        String found = null;
        for (int start = 0; start < credentialAndMore.length();) {
            int comma = credentialAndMore.indexOf(',', start);
            int end = comma < 0 ? credentialAndMore.length() : comma;
            int from = skipSpaces(start, end);
            int equals = from + name.length();
            if (equals < end && credentialAndMore.startsWith(name, from) && credentialAndMore.charAt(equals) == '=') {
                if (found != null) {
                    throw incomplete("Authorization header must have '" + name + "' parameter only once.");
                }
                found = credentialAndMore.substring(equals + 1, end).stripTrailing();
            }
            start = end + 1;
        }
        return found;
    }

    private int skipSpaces(int start, int end) {
        int from = start;
        while (from < end && Character.isWhitespace(credentialAndMore.charAt(from))) {
            from++;
        }
        return from;
    }

    private static SigningTime signingTime(SignedRequest request) {
        @Nullable
        SigningTime time;
        if (request.hasHeader(DATE_HEADER)) {
            time = SigningTime.parse(request.onlyHeader(DATE_HEADER));
        } else if (request.hasHeader("date")) {
            time = SigningTime.parseDateHeader(request.onlyHeader("date"));
        } else {
            throw incomplete(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        if (time == null) {
            throw incomplete("Date must be in ISO-8601 'basic format', e.g. 20150830T123600Z.");
        }
        return time;
    }

    private static Refused incomplete(String message) {
        return new Refused(Refusal.INCOMPLETE_SIGNATURE, message);
    }
}
