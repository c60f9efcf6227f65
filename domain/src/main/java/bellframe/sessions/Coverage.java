package bellframe.sessions;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Of which channels a client has been told everything up to the gap that it is told next.
///
/// A user who leaves a channel and comes back while it is told what it missed may have been told of it in one round and not
/// in another; then it is told of the channel again from its next joining on.
final class Coverage {

    /// Null before the first gap: of what came before, the client knows.
    private @Nullable Set<String> before;
    private final Set<String> now = ConcurrentHashMap.newKeySet();

    /// Whether the client knows of everything in a channel, by its incarnation, up to the present gap.
    boolean reaches(String channel) {
        return before == null || before.contains(channel);
    }

    /// The client is told everything of a channel in the present gap.
    void add(String channel) {
        now.add(channel);
    }

    /// It is not, after all.
    void remove(String channel) {
        now.remove(channel);
    }

    /// The present gap has been told.
    void next() {
        before = new HashSet<>(now);
        now.clear();
    }
}
