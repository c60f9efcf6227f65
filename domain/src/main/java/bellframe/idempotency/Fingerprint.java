package bellframe.idempotency;

import bellframe.rows.RowWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Tells whether two requests with the same token ask for the same thing.
public final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {
    }

    /// The fingerprint of a request.
    ///
    /// @param parameters every parameter that makes a difference, in a fixed order
    public static byte[] of(RowWriter parameters) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(parameters.toBytes()), BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
