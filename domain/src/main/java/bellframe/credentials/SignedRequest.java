package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as its signer saw it. Path, query and headers hold one char for each byte of the wire.
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

    boolean hasHeader(String name) {
        return !headers.getOrDefault(name, List.of()).isEmpty();
    }

    /// The canonical value of a header: each value trimmed, inner spaces collapsed, several joined by commas. Null when
    /// the request has no such header.
    @Nullable
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() == 1 && !hasSpacesToCollapse(values.getFirst())) {
            return values.getFirst().strip();
        }
        var joined = new StringBuilder();
        for (String value : values) {
            joined.append(joined.isEmpty() ? "" : ",");
            appendCollapsed(joined, value);
        }
        return joined.toString();
    }

    /// The value of a header that may come only once.
    String onlyHeader(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new Refused(Refusal.INCOMPLETE_SIGNATURE, "The '" + name + "' header must come exactly once.");
        }
        return values.getFirst().strip();
    }

    /// Leaves out headers, query and body: they carry signatures, tokens and content.
    @Override
    public String toString() {
        return "SignedRequest[" + method + " " + rawPath + "]";
    }

    private static boolean hasSpacesToCollapse(String value) {
        return (value.indexOf(' ') >= 0 && value.contains("  ")) || value.indexOf('\t') >= 0;
    }

    private static void appendCollapsed(StringBuilder target, String value) {
        String stripped = value.strip();
        boolean afterSpace = false;
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            boolean space = c == ' ' || c == '\t';
            if (!space) {
                target.append(c);
            } else if (!afterSpace) {
                target.append(' ');
            }
            afterSpace = space;
        }
    }
}
