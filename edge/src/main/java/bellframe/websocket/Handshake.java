package bellframe.websocket;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The server's half of the opening handshake, RFC 6455 section 4.2.
final class Handshake {

    private static final String VERSION = "13";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private Handshake() {
    }

    /// The response that changes the protocol.
    ///
    /// @throws Refused if the request does not ask for WebSocket as it should
    static FullHttpResponse accept(SignedRequest request) {
        if (!holds(request, "upgrade", "websocket") || !holds(request, "connection", "upgrade")
                || !holds(request, "sec-websocket-version", VERSION)) {
            throw new Refused(Refusal.UPGRADE_REQUIRED);
        }
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, proof(key(request)));
        return response;
    }

    private static boolean holds(SignedRequest request, String header, String token) {
        return request.headers()
                .getOrDefault(header, List.of())
                .stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    private static String key(SignedRequest request) {
        List<String> keys = request.headers().getOrDefault("sec-websocket-key", List.of());
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw new Refused(Refusal.MALFORMED_REQUEST, "Sec-WebSocket-Key must be 16 bytes in Base64.");
        }
        return keys.getFirst();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static String proof(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
