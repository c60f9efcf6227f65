package bellframe.credentials;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The key under which secrets are sealed: AES-256-GCM, each seal under a key of its own, which HKDF derives from the master
/// key, the purpose and a random salt. So no nonce can come twice, however many seals there are.
///
/// A seal is: a byte for the format, [#ID_BYTES] that tell which master key made it, the salt, the sealed bytes with their tag.
public final class MasterKey {

    /// The length of a master key, in bytes.
    public static final int BYTES = 32;

    private static final int FORMAT = 1;
    private static final int ID_BYTES = 4;
    private static final int SALT_BYTES = 16;
    private static final int HEAD_BYTES = 1 + ID_BYTES + SALT_BYTES;
    private static final int TAG_BITS = 128;
    /// No other seal is made under the derived key.
    private static final byte[] NONCE = new byte[12];

    private final SecretKey root;
    private final byte[] id;
    private final @Nullable MasterKey previous;
    private final RandomGenerator random;

    /// @param key [#BYTES] random bytes
    /// @param previous the key before this one, whose seals are still opened; null for none
    /// @param random makes salts; called by many threads at once, and must not be foreseeable
    public MasterKey(byte[] key, @Nullable MasterKey previous, RandomGenerator random) {
        this.previous = previous;
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a master key has " + BYTES + " bytes, not " + key.length);
        }
        this.random = random;
        try {
            root = KDF.getInstance("HKDF-SHA256")
                    .deriveKey("Generic", HKDFParameterSpec.ofExtract().addIKM(key).extractOnly());
            id = Arrays.copyOf(derive("id", new byte[0]).getEncoded(), ID_BYTES);
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    /// Tells this key from others and gives nothing away.
    public String id() {
        return HexFormat.of().formatHex(id);
    }

    /// Seals bytes.
    ///
    /// @param purpose what they are for; they can be opened for nothing else
    public byte[] seal(String purpose, byte[] secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            var sealed = new ByteArrayOutputStream(HEAD_BYTES + secret.length + TAG_BITS / Byte.SIZE);
            sealed.write(FORMAT);
            sealed.writeBytes(id);
            sealed.writeBytes(salt);
            sealed.writeBytes(cipher(Cipher.ENCRYPT_MODE, purpose, salt).doFinal(secret));
            return sealed.toByteArray();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    /// Opens what [#seal] made.
    ///
    /// @throws Unsealable if neither this key nor the one before sealed it for this purpose, or it was changed since
    public byte[] open(String purpose, byte[] sealed) throws Unsealable {
        if (previous != null && previous.isSealedByThis(sealed)) {
            return previous.open(purpose, sealed);
        }
        if (!isSealedByThis(sealed) || sealed[0] != FORMAT) {
            throw new Unsealable();
        }
        byte[] salt = Arrays.copyOfRange(sealed, 1 + ID_BYTES, HEAD_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, purpose, salt)
                    .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException changed) {
            throw new Unsealable();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    /// Whether the seal says that this key made it, and not the one before.
    public boolean isSealedByThis(byte[] sealed) {
        return sealed.length >= HEAD_BYTES
                && MessageDigest.isEqual(id, Arrays.copyOfRange(sealed, 1, 1 + ID_BYTES));
    }

    private Cipher cipher(int mode, String purpose, byte[] salt) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, derive(purpose, salt), new GCMParameterSpec(TAG_BITS, NONCE));
        return cipher;
    }

    private SecretKey derive(String purpose, byte[] salt) throws GeneralSecurityException {
        var info = new ByteArrayOutputStream();
        info.writeBytes(purpose.getBytes(StandardCharsets.UTF_8));
        info.write(0);
        info.writeBytes(salt);
        byte[] key = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.expandOnly(root, info.toByteArray(), BYTES));
        return new SecretKeySpec(key, "AES");
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("every JDK has HKDF-SHA256 and AES-GCM", cause);
    }

    @Override
    public String toString() {
        return "MasterKey[" + id() + "]";
    }
}
