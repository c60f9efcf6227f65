package bellframe.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one spelling of a request that both sides hash. What does not depend on the reading of query and payload is kept as
/// bytes, ready to be hashed.
final class CanonicalRequest {

    /// As many as most requests have.
    private static final int HEADERS_CHARACTERS = 768;

    private final byte[] beforeQuery;
    private final byte[] afterQuery;

    private CanonicalRequest(byte[] beforeQuery, byte[] afterQuery) {
        this.beforeQuery = beforeQuery;
        this.afterQuery = afterQuery;
    }

    static CanonicalRequest of(SignedRequest request, SignedHeaders signedHeaders, boolean hostInLowerCase) {
        // Encoded once more than it was sent, as every service but S3 wants it.
        String path = request.rawPath().isEmpty() ? "/" : PercentEncoding.PATH.encode(request.rawPath());
        return new CanonicalRequest(bytes(request.method() + '\n' + path + '\n'),
                bytes(afterQuery(request, signedHeaders, hostInLowerCase)));
    }

    /// The end of the query's line, a line for each signed header, an empty one, and their names.
    private static String afterQuery(SignedRequest request, SignedHeaders signedHeaders, boolean hostInLowerCase) {
        var lines = new StringBuilder(HEADERS_CHARACTERS).append('\n');
        for (String name : signedHeaders.names()) {
            @Nullable
            String value = request.header(name);
            if (value != null && hostInLowerCase && name.equals("host")) {
                value = value.toLowerCase(Locale.ROOT);
            }
            lines.append(name).append(':').append(value == null ? "" : value).append('\n');
        }
        return lines.append('\n').append(signedHeaders.text()).append('\n').toString();
    }

    /// What is signed, for one reading of the query and of the payload.
    String stringToSign(SigningTime signedAt, CredentialScope scope, String query, String payloadHash) {
        return Claim.ALGORITHM + '\n' + signedAt.text() + '\n' + scope + '\n' + hash(query, payloadHash);
    }

    String hash(String query, String payloadHash) {
        MessageDigest digest = Sha256.digest();
        digest.update(beforeQuery);
        digest.update(bytes(query));
        digest.update(afterQuery);
        digest.update(bytes(payloadHash));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
