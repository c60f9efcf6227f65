package bellframe.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// SHA-256, as every JDK has it.
final class Sha256 {

    private static final HexFormat HEX = HexFormat.of();
    /// What all others are clones of, since looking for a provider takes longer than hashing a short text. It is never
    /// given anything to hash, so that any number of threads may clone it at once.
    private static final MessageDigest PROTOTYPE = prototype();

    private Sha256() {
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /// A digest of nothing yet.
    static MessageDigest digest() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK's SHA-256 cannot be cloned", e);
        }
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(digest().digest(bytes));
    }
}
