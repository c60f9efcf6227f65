package bellframe.credentials;

import java.util.List;
import java.util.Map;

/// A request as its signer saw it.
///
/// @param rawPath the path exactly as sent, without the query
/// @param rawQuery the query exactly as sent, without the question mark; empty when there is none
/// @param headers values in order of arrival under lower-case names
/// @param body the body's bytes as received
public record SignedRequest(
        String method,
        String rawPath,
        String rawQuery,
        Map<String, List<String>> headers,
        byte[] body) {
}
