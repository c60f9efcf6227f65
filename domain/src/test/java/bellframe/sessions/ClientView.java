package bellframe.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an application knows that does nothing but hear events. It refuses what no application should hear.
final class ClientView {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REDACTED = "(redacted)";

    /// A channel as events tell of it.
    private static final class ChannelView {
        private String name = "";
        private final Set<String> members = new TreeSet<>();
        private final Map<String, String> messages = new TreeMap<>();
        private String lastCreated = "";

        @Override
        public String toString() {
            return name + " " + members + " " + messages;
        }
    }

    private final String user;
    private final Map<String, ChannelView> channels = new TreeMap<>();
    private @Nullable String position;
    private int events;
    /// To understand what went wrong.
    private final List<String> history = new ArrayList<>();

    ClientView(String user) {
        this.user = user;
    }

    /// Where it would go on; null if it has never heard anything.
    synchronized @Nullable String position() {
        return position;
    }

    synchronized int events() {
        return events;
    }

    synchronized void hear(String frame) {
        JsonNode event = parse(frame);
        String type = event.at("/Headers/x-amz-chime-event-type").textValue();
        String at = event.at("/Headers/x-bellframe-position").textValue();
        JsonNode payload = parse(event.path("Payload").textValue());
        if (type.equals("SESSION_ESTABLISHED")) {
            requireNotBefore(at, event);
        } else if (payload.path("Persistence").asText().equals("NON_PERSISTENT")) {
            requireNotBefore(at, event);
        } else {
            if (position != null && at.compareTo(position) <= 0) {
                throw new AssertionError("after " + position + " came " + event);
            }
            try {
                apply(type, payload);
            } catch (AssertionError wrong) {
                throw new AssertionError(user.replaceAll(".*/", "") + " heard " + event + " after " + history, wrong);
            }
            events++;
        }
        position = at;
        history.add(type + " " + at + " " + payload.path("ChannelArn").asText().replaceAll(".*/", "")
                + payload.at("/Member/Arn").asText().replaceAll(".*/", " "));
    }

    private void requireNotBefore(String at, JsonNode event) {
        if (position != null && at.compareTo(position) < 0) {
            throw new AssertionError("after " + position + " came " + event);
        }
    }

    private void apply(String type, JsonNode payload) {
        String channel = payload.path("ChannelArn").textValue();
        switch (type) {
            case "CREATE_CHANNEL_MEMBERSHIP" -> joined(channel, payload.at("/Member/Arn").textValue());
            case "BATCH_CREATE_CHANNEL_MEMBERSHIP" -> {
                List<String> members = payload.path("Members").findValuesAsText("Arn");
                if (members.contains(user)) {
                    joined(channel, user);
                }
                known(channel).members.addAll(members);
            }
            case "DELETE_CHANNEL_MEMBERSHIP" -> left(channel, payload.at("/Member/Arn").textValue());
            case "UPDATE_CHANNEL" -> known(channel).name = payload.path("Name").textValue();
            case "DELETE_CHANNEL" -> channels.remove(channel);
            case "CREATE_CHANNEL_MESSAGE" -> created(known(channel), payload);
            case "UPDATE_CHANNEL_MESSAGE", "REDACT_CHANNEL_MESSAGE" ->
                known(channel).messages.put(payload.path("MessageId").textValue(), content(payload));
            case "DELETE_CHANNEL_MESSAGE" ->
                known(channel).messages.remove(payload.path("MessageId").textValue());
            default -> throw new AssertionError("nobody caused " + type);
        }
    }

    private void joined(String channel, String member) {
        if (member.equals(user)) {
            if (channels.containsKey(channel)) {
                throw new AssertionError("joined again without having left");
            }
            channels.put(channel, new ChannelView());
        }
        ChannelView known = channels.get(channel);
        // Of a channel that is being created a client that is just connecting may hear before it hears that it belongs to it.
        if (known != null) {
            known.members.add(member);
        }
    }

    private void left(String channel, String member) {
        if (member.equals(user)) {
            channels.remove(channel);
        } else {
            known(channel).members.remove(member);
        }
    }

    private static void created(ChannelView channel, JsonNode message) {
        String id = message.path("MessageId").textValue();
        if (id.compareTo(channel.lastCreated) <= 0) {
            throw new AssertionError("after " + channel.lastCreated + " came " + id);
        }
        channel.lastCreated = id;
        channel.messages.put(id, content(message));
    }

    private static String content(JsonNode message) {
        return message.path("Redacted").booleanValue() ? REDACTED : message.path("Content").textValue();
    }

    private ChannelView known(String channel) {
        ChannelView known = channels.get(channel);
        if (known == null) {
            throw new AssertionError(user + " hears of " + channel + " without belonging to it");
        }
        return known;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public synchronized String toString() {
        return channels.toString();
    }
}
