package bellframe.expiration;

import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long something lives, and from when on that is counted.
///
/// @param days 1 to 5,475
public record Expiration(int days, Criterion criterion) {

    public enum Criterion {
        CREATED_TIMESTAMP,
        LAST_MESSAGE_TIMESTAMP
    }

    /// When it is to be deleted.
    ///
    /// @param lastMessage when the last message was created; without one, creation counts
    public Instant dueAt(Instant created, @Nullable Instant lastMessage) {
        Instant from = switch (criterion) {
            case CREATED_TIMESTAMP -> created;
            case LAST_MESSAGE_TIMESTAMP -> lastMessage == null ? created : lastMessage;
        };
        return from.plus(Duration.ofDays(days));
    }

    public static void write(RowWriter row, Expiration expiration) {
        row.number(expiration.days).name(expiration.criterion);
    }

    public static Expiration read(RowReader row) {
        return new Expiration(Math.toIntExact(row.number()), row.name(Criterion.class));
    }
}
