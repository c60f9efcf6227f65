package bellframe.outbound.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/// Names of a message where services allow short ones only. The same message always has the same.
public final class CollapseKey {

    /// What APNs takes.
    private static final int MAX_BYTES = 64;
    private static final int TOPIC_BYTES = 24;

    private CollapseKey() {
    }

    /// At most 64 bytes: a message id of this server as it is.
    public static String of(String messageId) {
        return messageId.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                ? messageId
                : HexFormat.of().formatHex(digest(messageId));
    }

    /// 32 characters of Base64 as URLs have it.
    public static String topic(String messageId) {
        byte[] some = new byte[TOPIC_BYTES];
        System.arraycopy(digest(messageId), 0, some, 0, some.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }
}
