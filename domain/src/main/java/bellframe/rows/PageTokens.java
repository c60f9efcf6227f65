package bellframe.rows;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// NextTokens: where a list goes on, sealed so that a token is worth something only for the list it came from.
///
/// Stateless: any server that holds the key can open a token, at any time.
public final class PageTokens {

    /// The length of the sealing key, in bytes.
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL_BYTES = 16;

    private final SecretKeySpec key;

    public PageTokens(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// The NextToken of an answer.
    ///
    /// @param list everything that makes the list what it is: operation, caller and parameters other than the page size
    /// @param cursor where the next page begins, or null if there is none
    public @Nullable String seal(String list, byte @Nullable [] cursor) {
        if (cursor == null) {
            return null;
        }
        byte[] token = Arrays.copyOf(sealOf(list, cursor), SEAL_BYTES + cursor.length);
        System.arraycopy(cursor, 0, token, SEAL_BYTES, cursor.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /// The cursor of a request's NextToken, or null if the request has none.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT] if the token was not sealed for this list
    public byte @Nullable [] open(String list, @Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        byte[] bytes = decode(token);
        if (bytes.length >= SEAL_BYTES) {
            byte[] cursor = Arrays.copyOfRange(bytes, SEAL_BYTES, bytes.length);
            if (MessageDigest.isEqual(Arrays.copyOf(bytes, SEAL_BYTES), sealOf(list, cursor))) {
                return cursor;
            }
        }
        throw refusal();
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            throw refusal();
        }
    }

    private static Refused refusal() {
        return new Refused(Refusal.INVALID_INPUT, "NextToken: not a token of this list");
    }

    private byte[] sealOf(String list, byte[] cursor) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] name = list.getBytes(StandardCharsets.UTF_8);
            mac.update((byte) (name.length >>> 8));
            mac.update((byte) name.length);
            mac.update(name);
            mac.update(cursor);
            return Arrays.copyOf(mac.doFinal(), SEAL_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
        }
    }
}
