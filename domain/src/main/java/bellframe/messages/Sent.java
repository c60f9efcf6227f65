package bellframe.messages;

import bellframe.names.MessageId;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.util.Arrays;

/// What a send came to, kept under its client request token.
///
/// @param fingerprint of the request, to tell a retry from another request with the same token
record Sent(MessageId id, byte[] fingerprint) {

    private static final int VERSION = 1;

    byte[] toRow() {
        return new RowWriter(VERSION).text(id.text()).bytes(fingerprint).toBytes();
    }

    static Sent fromRow(byte[] row) {
        var reader = new RowReader(row, VERSION);
        return new Sent(MessageId.parse(reader.text()).orElseThrow(), reader.bytes());
    }

    boolean answers(byte[] otherFingerprint) {
        return Arrays.equals(fingerprint, otherFingerprint);
    }
}
