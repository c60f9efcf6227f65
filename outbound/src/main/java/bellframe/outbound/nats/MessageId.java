package bellframe.outbound.nats;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The id by which JetStream knows a record that comes again: the same for the same record.
final class MessageId {

    private MessageId() {
    }

    static String of(byte[] record) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(record));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }
}
