package bellframe.sessions;

import org.jspecify.annotations.Nullable;

/// Who wants to connect, and what it wants to hear at once.
///
/// @param sessionId the client's own name for the session, kept when it reconnects
/// @param prefetch in which order it wants the details of its channels; null for none
/// @param replayAfter the position of the last event it has seen, as it was told, if it wants those it missed; null if not
public record ConnectRequest(
        String userArn,
        String sessionId,
        @Nullable PrefetchOrder prefetch,
        @Nullable String replayAfter) {
}
