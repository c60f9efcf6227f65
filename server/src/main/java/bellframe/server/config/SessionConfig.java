package bellframe.server.config;

import java.time.Duration;

/// What sessions and their connections may take; an instance is valid. [Setting] says what each component means.
public record SessionConfig(
        int perUserMax,
        int connectsPerSecondMax,
        long pendingBytesMax,
        Duration stallLimit,
        long frameBytesMax,
        int framesPerSecondMax,
        Duration pingInterval,
        Duration replayLimit,
        int replayEventsMax) {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long CONTROL_FRAME_BYTES_MAX = 125;

    public SessionConfig {
        Setting.SESSIONS_PER_USER_MAX.require(perUserMax >= 1 && perUserMax <= 10_000, perUserMax);
        Setting.SESSION_CONNECTS_PER_SECOND_MAX
                .require(connectsPerSecondMax >= 0 && connectsPerSecondMax <= 10_000, connectsPerSecondMax);
        Setting.SESSION_PENDING_BYTES_MAX.require(pendingBytesMax >= 64 * KIB && pendingBytesMax <= 1024 * MIB,
                ByteSize.format(pendingBytesMax));
        TimeSpan.requireSecondTo10Minutes(Setting.SESSION_STALL_LIMIT, stallLimit);
        Setting.SESSION_FRAME_BYTES_MAX.require(frameBytesMax >= CONTROL_FRAME_BYTES_MAX && frameBytesMax <= MIB,
                ByteSize.format(frameBytesMax));
        Setting.SESSION_FRAMES_PER_SECOND_MAX
                .require(framesPerSecondMax >= 1 && framesPerSecondMax <= 1_000_000, framesPerSecondMax);
        TimeSpan.requireSecondTo10Minutes(Setting.SESSION_PING_INTERVAL, pingInterval);
        Setting.SESSION_REPLAY_LIMIT.require(replayLimit.compareTo(Duration.ofMinutes(1)) >= 0
                && replayLimit.compareTo(Duration.ofDays(365)) <= 0, TimeSpan.format(replayLimit));
        Setting.SESSION_REPLAY_EVENTS_MAX.require(replayEventsMax >= 1 && replayEventsMax <= 100_000, replayEventsMax);
    }
}
