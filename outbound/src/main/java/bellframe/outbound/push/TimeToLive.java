package bellframe.outbound.push;

import java.time.Duration;
import java.time.Instant;

/// How long a service may keep a notification for a device that it does not reach.
public final class TimeToLive {

    /// Four weeks, the longest that services take.
    private static final Duration MAX = Duration.ofDays(28);

    private TimeToLive() {
    }

    /// 0 means that it is shown at once or never.
    public static long seconds(Instant expires, Instant now) {
        return Math.clamp(Duration.between(now, expires).toSeconds(), 0, MAX.toSeconds());
    }
}
