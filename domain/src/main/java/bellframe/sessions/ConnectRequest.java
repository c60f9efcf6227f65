package bellframe.sessions;

import org.jspecify.annotations.Nullable;

/// Who wants to connect, and what it wants to hear at once.
///
/// @param sessionId the client's own name for the session, kept when it reconnects
/// @param prefetch in which order it wants the details of its channels; null for none
public record ConnectRequest(String userArn, String sessionId, @Nullable PrefetchOrder prefetch) {
}
