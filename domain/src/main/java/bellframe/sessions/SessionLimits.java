package bellframe.sessions;

/// What one user may take of sessions.
///
/// @param perUserMax sessions at a time; the next one is closed with 4429
/// @param connectsPerSecondMax how often a user may connect, over all its sessions; 0 for any number
public record SessionLimits(int perUserMax, int connectsPerSecondMax) {

    public SessionLimits {
        if (perUserMax < 1 || connectsPerSecondMax < 0) {
            throw new IllegalArgumentException(
                    "perUserMax is " + perUserMax + ", connectsPerSecondMax is " + connectsPerSecondMax);
        }
    }
}
