package bellframe.outbound.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What only one browser can read: one record of the encoding `aes128gcm` (RFC 8188), with a key that RFC 8291 derives from
/// keys of the browser and a pair that is used for nothing else.
final class EncryptedMessage {

    /// Every push service takes as much.
    private static final int MESSAGE_MAX_BYTES = 4096;
    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = SALT_BYTES + Integer.BYTES + 1 + P256.POINT_BYTES;
    private static final int TAG_BYTES = 16;
    /// Of the text that is encrypted.
    static final int TEXT_MAX_BYTES = MESSAGE_MAX_BYTES - HEADER_BYTES - TAG_BYTES - 1;

    private static final int SECRET_BYTES = 32;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    /// Ends the last record.
    private static final byte LAST = 2;

    private EncryptedMessage() {
    }

    static byte[] of(byte[] text, Subscription subscription, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(text, subscription, P256.keys(random), salt);
    }

    /// @param once a pair of keys of this message alone
    static byte[] of(byte[] text, Subscription subscription, KeyPair once, byte[] salt) {
        byte[] from = P256.bytes((ECPublicKey) once.getPublic());
        try {
            byte[] secret = secret(subscription, once, from);
            byte[] key = derive(salt, secret, "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII),
                    KEY_BYTES);
            byte[] nonce = derive(salt, secret, "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII),
                    NONCE_BYTES);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            byte[] padded = Arrays.copyOf(text, text.length + 1);
            padded[text.length] = LAST;
            byte[] record = cipher.doFinal(padded);
            return ByteBuffer.allocate(HEADER_BYTES + record.length)
                    .put(salt)
                    .putInt(MESSAGE_MAX_BYTES)
                    .put((byte) from.length)
                    .put(from)
                    .put(record)
                    .array();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK cannot encrypt for a browser", problem);
        }
    }

    private static byte[] secret(Subscription subscription, KeyPair once, byte[] from)
            throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(once.getPrivate());
        agreement.doPhase(subscription.key(), true);
        byte[] label = "WebPush: info\0".getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(label.length + 2 * P256.POINT_BYTES)
                .put(label)
                .put(P256.bytes(subscription.key()))
                .put(from)
                .array();
        return derive(subscription.auth(), agreement.generateSecret(), info, SECRET_BYTES);
    }

    private static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(secret).thenExpand(info, length));
    }
}
