package bellframe.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// All sessions of this node by user, to keep the limit per user and to close them for a reason.
final class SessionRegistry {

    /// One connected client.
    ///
    /// @param sessionId the client's own name for it, kept when it reconnects
    record Session(String userArn, String sessionId, Connection connection) {
    }

    private final ConcurrentMap<String, List<Session>> sessions = new ConcurrentHashMap<>();
    private final int sessionsPerUserMax;

    SessionRegistry(int sessionsPerUserMax) {
        this.sessionsPerUserMax = sessionsPerUserMax;
    }

    /// Adds a session; one of the same user with the same id is replaced and closed.
    ///
    /// @return false if the user has as many sessions as allowed already
    boolean add(Session session) {
        var replaced = new ArrayList<Session>();
        List<Session> after = sessions.compute(session.userArn(), (_, present) -> {
            replaced.clear();
            return with(session, present, replaced);
        });
        replaced.forEach(old -> old.connection().close(CloseReason.REPLACED));
        return after.contains(session);
    }

    void remove(Session session) {
        sessions.computeIfPresent(session.userArn(), (_, present) -> {
            var rest = present.stream().filter(other -> !other.equals(session)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    List<Session> of(String userArn) {
        return sessions.getOrDefault(userArn, List.of());
    }

    List<Session> all() {
        return sessions.values().stream().flatMap(List::stream).toList();
    }

    int size() {
        return sessions.values().stream().mapToInt(List::size).sum();
    }

    private List<Session> with(Session session, @Nullable List<Session> present, List<Session> replaced) {
        var result = new ArrayList<Session>();
        for (Session other : present == null ? List.<Session>of() : present) {
            (other.sessionId().equals(session.sessionId()) ? replaced : result).add(other);
        }
        if (result.size() < sessionsPerUserMax) {
            result.add(session);
        }
        return List.copyOf(result);
    }
}
