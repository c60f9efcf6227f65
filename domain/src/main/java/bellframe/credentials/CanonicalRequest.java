package bellframe.credentials;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one spelling of a request that both sides hash.
///
/// @param path encoded once more than it was sent, as every service but S3 wants it
/// @param headers the signed headers, one line each
record CanonicalRequest(String method, String path, String headers, String signedHeaders) {

    /// As many as most requests have.
    private static final int HEADERS_CHARACTERS = 512;

    static CanonicalRequest of(SignedRequest request, List<String> signedHeaders, boolean hostInLowerCase) {
        var lines = new StringBuilder(HEADERS_CHARACTERS);
        for (String name : signedHeaders) {
            @Nullable
            String value = request.header(name);
            if (value != null && hostInLowerCase && name.equals("host")) {
                value = value.toLowerCase(Locale.ROOT);
            }
            lines.append(name).append(':').append(value == null ? "" : value).append('\n');
        }
        String path = request.rawPath().isEmpty() ? "/" : PercentEncoding.PATH.encode(request.rawPath());
        return new CanonicalRequest(request.method(), path, lines.toString(), String.join(";", signedHeaders));
    }

    /// What is signed, for one reading of the query and of the payload.
    String stringToSign(SigningTime signedAt, CredentialScope scope, String query, String payloadHash) {
        return Claim.ALGORITHM + '\n' + signedAt.text() + '\n' + scope + '\n'
                + Sha256.hex(bytes(query, payloadHash));
    }

    byte[] bytes(String query, String payloadHash) {
        String text = method + '\n' + path + '\n' + query + '\n' + headers + '\n' + signedHeaders + '\n' + payloadHash;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
