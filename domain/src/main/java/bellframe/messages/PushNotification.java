package bellframe.messages;

import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import org.jspecify.annotations.Nullable;

/// What phones are to show for a message.
record PushNotification(@Nullable String title, @Nullable String body, Type type) {

    enum Type {
        DEFAULT,
        VOIP
    }

    static void write(RowWriter row, PushNotification push) {
        row.optional(push.title, RowWriter::text).optional(push.body, RowWriter::text).name(push.type);
    }

    static PushNotification read(RowReader row) {
        return new PushNotification(row.optional(RowReader::text), row.optional(RowReader::text),
                row.name(Type.class));
    }
}
