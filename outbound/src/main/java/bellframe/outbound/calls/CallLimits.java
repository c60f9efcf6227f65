package bellframe.outbound.calls;

import java.time.Duration;

/// What one call may take.
///
/// @param connecting until there is a connection
/// @param silence how long the receiver may say nothing
/// @param whole from the name's resolution to the last byte of the answer, whatever the receiver does meanwhile
/// @param answerBytes of an answer's body; more are not read
/// @param connectionsPerHost the next call waits, as long as it may take
public record CallLimits(
        Duration connecting,
        Duration silence,
        Duration whole,
        int answerBytes,
        int connectionsPerHost,
        int connections) {

    /// An answer says that something was taken, or why not; that is short. A host may have several receivers, as that of
    /// Lambda has, and each may be called 16 times at once: one that does not answer must not take all connections.
    public static final CallLimits STANDARD = new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10),
            Duration.ofSeconds(15), 64 * 1024, 128, 256);
}
