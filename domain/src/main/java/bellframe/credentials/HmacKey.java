package bellframe.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key for HMAC-SHA256, made ready once for any number of texts. Safe for use by many threads.
final class HmacKey {

    private static final String ALGORITHM = "HmacSHA256";

    /// What each text has a clone of, since looking for a provider and taking over a key costs more than a short text does.
    /// It is never given anything itself, so that any number of threads may clone it at once.
    private final Mac prototype;

    HmacKey(byte[] key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    byte[] sign(String text) {
        return mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    String signInHex(String text) {
        return HexFormat.of().formatHex(sign(text));
    }

    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK's HmacSHA256 cannot be cloned", e);
        }
    }
}
