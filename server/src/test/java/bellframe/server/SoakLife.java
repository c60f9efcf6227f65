package bellframe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one connection of a soak heard, or several of which each was told what had been missed since the one before, and
/// whether it was right.
final class SoakLife {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What is heard of a channel: a message, or that the user itself came or went.
    private sealed interface Heard {

        record Message(String id) implements Heard {
        }

        record Change(String id, String content) implements Heard {
        }

        record Moved() implements Heard {
        }
    }

    final String user;
    private final Map<String, List<Heard>> heard = new HashMap<>();
    private final List<SoakChannel.Absence> absences = new ArrayList<>();
    private long established = SoakChannel.NEVER;
    private boolean establishedNow;
    private boolean open = true;
    private @Nullable String position;
    private long lastHeard;

    SoakLife(String user) {
        this.user = user;
    }

    synchronized void hear(byte[] frame) throws IOException {
        JsonNode event = JSON.readTree(frame);
        String type = event.at("/Headers/x-amz-chime-event-type").textValue();
        String at = event.at("/Headers/x-bellframe-position").textValue();
        if (type.equals("SESSION_ESTABLISHED")) {
            establish(at);
            return;
        }
        if (position != null && at.compareTo(position) <= 0) {
            throw new AssertionError("after " + position + " came " + event);
        }
        position = at;
        lastHeard = System.nanoTime();
        JsonNode payload = JSON.readTree(event.path("Payload").textValue());
        Heard what = heard(type, payload);
        if (what != null) {
            heard.computeIfAbsent(payload.path("ChannelArn").textValue(), _ -> new ArrayList<>()).add(what);
        }
    }

    private void establish(String at) {
        if (establishedNow) {
            throw new AssertionError("established twice");
        }
        if (established == SoakChannel.NEVER) {
            established = System.nanoTime();
        } else if (!at.equals(position)) {
            throw new AssertionError("established at " + at + " instead of " + position);
        } else {
            absences.add(new SoakChannel.Absence(lastHeard, System.nanoTime()));
        }
        establishedNow = true;
        position = position == null || at.compareTo(position) > 0 ? at : position;
    }

    /// What to go on after; null if nothing was heard yet.
    synchronized @Nullable String position() {
        return position;
    }

    /// A connection begins.
    synchronized void begins() {
        open = true;
        establishedNow = false;
    }

    private @Nullable Heard heard(String type, JsonNode payload) {
        return switch (type) {
            case "CREATE_CHANNEL_MESSAGE" -> new Heard.Message(payload.path("MessageId").textValue());
            case "UPDATE_CHANNEL_MESSAGE" ->
                new Heard.Change(payload.path("MessageId").textValue(), payload.path("Content").textValue());
            case "CREATE_CHANNEL_MEMBERSHIP", "DELETE_CHANNEL_MEMBERSHIP" ->
                payload.at("/Member/Arn").textValue().equals(user) ? new Heard.Moved() : null;
            default -> throw new AssertionError("nobody caused " + type);
        };
    }

    synchronized void ended() {
        open = false;
    }

    synchronized boolean isEstablished() {
        return open && establishedNow;
    }

    /// Everything that is wrong with what was heard of a channel.
    ///
    /// @param stored the channel's messages in the order of the store
    synchronized List<String> faults(SoakChannel channel, List<SoakChannel.Stored> stored) {
        var faults = new ArrayList<String>();
        List<SoakChannel.Stored> visible = stored.stream().filter(message -> channel.isFor(user, message)).toList();
        var places = new HashMap<String, Integer>();
        visible.forEach(message -> places.put(message.id(), places.size()));
        var seen = new TreeSet<Integer>();
        follow(heard.getOrDefault(channel.arn, List.of()), places, seen, faults);
        for (int place : seen) {
            if (!channel.mayReach(user, visible.get(place))) {
                faults.add("was not entitled to " + visible.get(place));
            }
        }
        int lastSeen = seen.isEmpty() ? 0 : seen.getLast();
        int complete = open ? visible.size() : lastSeen;
        for (int place = 0; place < complete; place++) {
            if (!seen.contains(place) && channel.mustReach(user, established, absences, visible.get(place))) {
                faults.add("never heard " + visible.get(place));
            }
        }
        return faults.stream()
                .map(fault -> user + " " + (open ? "open" : "ended") + " " + channel.arn + ": " + fault)
                .toList();
    }

    /// Messages come in the store's order and without a gap, unless the user was away in between.
    private static void follow(List<Heard> events, Map<String, Integer> places, Set<Integer> seen,
            List<String> faults) {
        int last = -1;
        boolean away = true;
        var changes = new HashSet<String>();
        for (Heard event : events) {
            switch (event) {
                case Heard.Moved() -> away = true;
                case Heard.Message(String id) -> {
                    Integer place = places.get(id);
                    if (place == null) {
                        faults.add("heard " + id + ", which it cannot see");
                    } else {
                        if (place <= last || (!away && place != last + 1)) {
                            faults.add("heard number " + place + " after number " + last);
                        }
                        seen.add(place);
                        last = place;
                        away = false;
                    }
                }
                case Heard.Change(String id, String content) -> {
                    if (!places.containsKey(id) || (places.get(id) > last && !away)) {
                        faults.add("heard of a change of " + id + " before the message");
                    }
                    if (!changes.add(id + content)) {
                        faults.add("heard a change twice: " + id);
                    }
                }
            }
        }
    }
}
