package bellframe.websocket;

/// Counts the frames a client sends in the second that began with the first of them. Confined to the event loop.
final class FrameRate {

    private static final long WINDOW_NANOS = 1_000_000_000;

    private final int perSecondMax;
    private long windowStart;
    private int inWindow;

    FrameRate(int perSecondMax) {
        this.perSecondMax = perSecondMax;
    }

    /// Counts one more frame.
    ///
    /// @param nanos the time, of a clock that never goes back
    /// @return whether it is one too many
    boolean exceededAt(long nanos) {
        if (inWindow == 0 || nanos - windowStart >= WINDOW_NANOS) {
            windowStart = nanos;
            inWindow = 0;
        }
        inWindow++;
        return inWindow > perSecondMax;
    }
}
