package bellframe.channels;

import bellframe.names.ChannelArn;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;

/// What happened to a channel, for those outside.
///
/// @param record as they read it, as it was then: JSON in UTF-8
public record ChannelExport(ChannelArn channel, byte[] record) {

    private static final int VERSION = 1;
    /// In the place of what the subject of another entry begins with.
    private static final String MARK = "CHANNEL";

    byte[] row() {
        return new RowWriter(VERSION).text(MARK).text(channel.toString()).bytes(record).toBytes();
    }

    /// Whether the subject of an entry of the outbox is one of these.
    public static boolean isIn(byte[] row) {
        return new RowReader(row, VERSION).text().equals(MARK);
    }

    /// Reads the subject of an entry of the outbox.
    public static ChannelExport read(byte[] row) {
        var reader = new RowReader(row, VERSION);
        reader.text();
        return new ChannelExport(ChannelArn.parse(reader.text()).orElseThrow(), reader.bytes());
    }
}
