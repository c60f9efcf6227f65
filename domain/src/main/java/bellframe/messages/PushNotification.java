package bellframe.messages;

import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import org.jspecify.annotations.Nullable;

/// What phones are to show for a message.
///
/// @param title null if there is a body alone
/// @param body null if there is a title alone
public record PushNotification(@Nullable String title, @Nullable String body, Type type) {

    /// How devices take it.
    public enum Type {
        /// As something to read.
        DEFAULT,
        /// As a call.
        VOIP
    }

    static void write(RowWriter row, PushNotification push) {
        row.optional(push.title, RowWriter::text).optional(push.body, RowWriter::text).name(push.type);
    }

    static PushNotification read(RowReader row) {
        return new PushNotification(row.optional(RowReader::text), row.optional(RowReader::text),
                row.name(Type.class));
    }

    /// Leaves out the content.
    @Override
    public String toString() {
        return "PushNotification[" + type + "]";
    }
}
