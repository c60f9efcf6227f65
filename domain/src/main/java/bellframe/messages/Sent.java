package bellframe.messages;

import bellframe.names.MessageId;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.util.Arrays;

/// What a send came to, kept under its client request token.
///
/// @param held whether the message had to wait for the channel's flow, as the first answer said
/// @param fingerprint of the request, to tell a retry from another request with the same token
record Sent(MessageId id, boolean held, byte[] fingerprint) {

    private static final int VERSION = 2;

    byte[] toRow() {
        return new RowWriter(VERSION).text(id.text()).bytes(fingerprint).flag(held).toBytes();
    }

    static Sent fromRow(byte[] row) {
        var reader = new RowReader(row, VERSION);
        var id = MessageId.parse(reader.text()).orElseThrow();
        byte[] fingerprint = reader.bytes();
        return new Sent(id, reader.version() >= 2 && reader.flag(), fingerprint);
    }

    boolean answers(byte[] otherFingerprint) {
        return Arrays.equals(fingerprint, otherFingerprint);
    }
}
