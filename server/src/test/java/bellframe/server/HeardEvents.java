package bellframe.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The events of a session by the message that they are about. Confined to one thread.
final class HeardEvents {

    private final LiveSession session;
    private final Map<String, List<LiveSession.Event>> byMessage = new HashMap<>();

    HeardEvents(LiveSession session) {
        this.session = session;
    }

    /// What has been heard of a message, in order.
    List<LiveSession.Event> of(String messageId) {
        return byMessage.getOrDefault(messageId, List.of());
    }

    /// The types of these events.
    List<String> types(String messageId) {
        return of(messageId).stream().map(LiveSession.Event::type).toList();
    }

    /// Listens until so many events of a message have come.
    void await(String messageId, int events) {
        while (of(messageId).size() < events) {
            LiveSession.Event event = session.next();
            byMessage.computeIfAbsent(event.payload().path("MessageId").asText(), _ -> new ArrayList<>()).add(event);
        }
    }
}
