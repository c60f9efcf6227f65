package bellframe.outbound.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A browser's side of Web Push: its keys, and how it reads messages, written from RFC 8188 and RFC 8291 once more.
public final class TestBrowser {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys = P256.keys(new SecureRandom());
    private final byte[] auth = new byte[16];

    public TestBrowser() {
        new SecureRandom().nextBytes(auth);
    }

    /// What the page tells the server.
    public String subscription(String endpoint) {
        return "{\"endpoint\":\"" + endpoint + "\",\"expirationTime\":null,\"keys\":{\"p256dh\":\""
                + URL.encodeToString(point()) + "\",\"auth\":\"" + URL.encodeToString(auth) + "\"}}";
    }

    private byte[] point() {
        return P256.bytes((ECPublicKey) keys.getPublic());
    }

    /// The text of a message; an error if it is not for this browser.
    public byte[] decrypt(byte[] message) {
        var in = ByteBuffer.wrap(message);
        byte[] salt = take(in, 16);
        int recordBytes = in.getInt();
        byte[] sender = take(in, in.get() & 0xff);
        byte[] record = take(in, in.remaining());
        if (record.length > recordBytes) {
            throw new AssertionError("more than one record");
        }
        try {
            var agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.getPrivate());
            agreement.doPhase(P256.publicKey(sender).orElseThrow(), true);
            byte[] first = hmac(auth, agreement.generateSecret());
            byte[] secret = hmac(first, "WebPush: info\0".getBytes(StandardCharsets.US_ASCII), point(), sender,
                    new byte[]{1});
            byte[] second = hmac(salt, secret);
            byte[] key = hmac(second, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII));
            byte[] nonce = hmac(second, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII));
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, 16, "AES"),
                    new GCMParameterSpec(128, nonce, 0, 12));
            return unpadded(cipher.doFinal(record));
        } catch (GeneralSecurityException problem) {
            throw new AssertionError("a message that cannot be read", problem);
        }
    }

    private static byte[] unpadded(byte[] text) {
        int end = text.length - 1;
        while (text[end] == 0) {
            end--;
        }
        if (text[end] != 2) {
            throw new AssertionError("not the last record");
        }
        return Arrays.copyOf(text, end);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
