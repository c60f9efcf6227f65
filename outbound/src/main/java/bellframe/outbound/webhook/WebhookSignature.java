package bellframe.outbound.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The headers by which a receiver knows who sent something, when, and whether it has had it before.
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;

    private WebhookSignature() {
    }

    static Map<String, List<String>> headers(WebhookSecrets secrets, byte[] body, Instant now) {
        return headers(secrets, id(body), body, now);
    }

    static Map<String, List<String>> headers(WebhookSecrets secrets, String id, byte[] body, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        byte[] before = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
        String signatures = secrets.keys()
                .stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(sign(key, before, body)))
                .collect(Collectors.joining(" "));
        return Map.of(
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(timestamp),
                "webhook-signature", List.of(signatures));
    }

    /// The same for the same body, so that whoever gets it again knows.
    private static String id(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "msg_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }

    private static byte[] sign(byte[] key, byte[] before, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before);
            return mac.doFinal(body);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, problem);
        }
    }
}
