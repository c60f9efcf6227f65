package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// A channel of a durability campaign: everything that was sent to it, and the checks of what the server lists.
final class CampaignChannel {

    final String arn;
    private final String reader;
    private final Map<String, WrittenMessage> byName = new LinkedHashMap<>();
    /// When the newest message of the last round was created.
    private @Nullable Instant seen;

    /// @param reader a member, who lists
    CampaignChannel(String arn, String reader) {
        this.arn = arn;
        this.reader = reader;
    }

    void wrote(WrittenMessage message) {
        assertThat(byName.put(message.name(), message)).isNull();
    }

    /// Checks the messages of the present round.
    ///
    /// @param sent those that were sent to this channel in it
    /// @return what is listed, by name
    Map<String, ChannelMessageSummary> checkRound(SdkClients clients, List<WrittenMessage> sent, String when) {
        return check(clients.messagesSince(reader, arn, seen), sent, when);
    }

    /// Checks them once more and makes the next round begin behind them.
    void endRound(SdkClients clients, List<WrittenMessage> sent, String when) {
        List<ChannelMessageSummary> listed = clients.messagesSince(reader, arn, seen);
        check(listed, sent, when);
        if (!listed.isEmpty()) {
            seen = listed.getLast().createdTimestamp();
        }
    }

    /// Checks every message that was ever sent here.
    void checkAll(SdkClients clients, String when) {
        check(clients.messages(reader, arn), List.copyOf(byName.values()), when);
    }

    /// What the whole channel holds, to be compared with what it holds much later.
    List<String> digest(SdkClients clients) {
        return clients.messages(reader, arn)
                .stream()
                .map(message -> message.messageId() + message.content() + message.redacted())
                .toList();
    }

    /// Lets go of what was sent here; only [#digest] is of use from now on.
    void forget() {
        byName.clear();
    }

    /// Nothing is listed that was not sent, nor twice; each acknowledged message of `sent` is listed; times never go back.
    private Map<String, ChannelMessageSummary> check(List<ChannelMessageSummary> listed, List<WrittenMessage> sent,
            String when) {
        var found = new HashMap<String, ChannelMessageSummary>();
        Set<String> ids = new HashSet<>();
        Map<String, WrittenMessage> byId = byId();
        for (ChannelMessageSummary message : listed) {
            WrittenMessage written = message.content() == null
                    ? byId.get(message.messageId())
                    : byName.get(WrittenMessage.nameIn(message.content()));
            if (written == null) {
                throw new AssertionError(when + ": " + message.messageId() + " was never sent");
            }
            written.check(message, when);
            assertThat(found.put(written.name(), message)).as("%s: %s is listed twice", when, written).isNull();
            assertThat(ids.add(message.messageId())).as("%s: %s is listed twice", when, message.messageId()).isTrue();
        }
        assertThat(listed).extracting(ChannelMessageSummary::createdTimestamp).as(when).isSorted();
        sent.stream()
                .filter(written -> written.id() != null)
                .forEach(written -> assertThat(found).as("%s: %s is lost", when, written).containsKey(written.name()));
        checkOrder(listed, sent, when);
        return found;
    }

    /// A sender's messages are listed in the order in which they were acknowledged, which is that of `sent`.
    private static void checkOrder(List<ChannelMessageSummary> listed, List<WrittenMessage> sent, String when) {
        var places = new HashMap<String, Integer>();
        listed.forEach(message -> places.put(message.messageId(), places.size()));
        var bySender = new HashMap<String, Integer>();
        for (WrittenMessage written : sent) {
            if (written.id() != null) {
                int place = places.getOrDefault(written.id(), -1);
                Integer before = bySender.put(written.sender, place);
                assertThat(place).as("%s: place of %s", when, written).isGreaterThan(before == null ? -1 : before);
            }
        }
    }

    private Map<String, WrittenMessage> byId() {
        var messages = new HashMap<String, WrittenMessage>();
        byName.values().forEach(written -> {
            if (written.id() != null) {
                messages.put(written.id(), written);
            }
        });
        return messages;
    }
}
