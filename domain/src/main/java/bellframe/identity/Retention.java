package bellframe.identity;

import java.time.Duration;
import java.time.Instant;

/// How long the messages of an app instance are kept.
///
/// @param days 1 to 5,475: a message that was created longer ago is not shown any more
/// @param deletionBegins from when on such messages are removed for good; until then they come back if the time is
///        extended
public record Retention(int days, Instant deletionBegins) {

    /// How long after it was set or shortened the time takes full effect.
    public static final Duration GRACE = Duration.ofDays(30);

    /// The oldest time a message can be from and still be shown.
    public Instant horizon(Instant now) {
        return now.minus(Duration.ofDays(days));
    }

    /// Whether what is not shown any more may be removed.
    public boolean deletes(Instant now) {
        return !deletionBegins.isAfter(now);
    }
}
