package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// A user of a durability campaign who sends, edits and redacts messages until the server is gone, and later tries again
/// what got no answer.
final class MessageWriter {

    private static final int PADDING_MAX = 3_000;

    private final String user;
    private final Random random;
    /// The messages of the present round, in the order in which they were sent; only the last may lack an answer.
    private final List<WrittenMessage> sent = new ArrayList<>();

    MessageWriter(String user, long seed) {
        this.user = user;
        this.random = new Random(seed);
    }

    List<WrittenMessage> sent() {
        return sent;
    }

    void beginRound() {
        sent.clear();
    }

    /// Writes until a call gets no answer.
    void writeUntilKilled(SdkClients clients, List<CampaignChannel> channels, CountDownLatch acknowledgements) {
        try {
            while (true) {
                step(clients, channels);
                acknowledgements.countDown();
            }
        } catch (SdkClientException killed) {
            // What was under way is open now; see retry.
        }
    }

    private void step(SdkClients clients, List<CampaignChannel> channels) {
        int choice = random.nextInt(10);
        WrittenMessage chosen = sent.isEmpty() ? null : sent.get(random.nextInt(sent.size()));
        if (choice < 7 || chosen == null || chosen.isRedactionAttempted()) {
            send(clients, newMessage(channels.get(random.nextInt(channels.size()))));
        } else if (choice < 9) {
            update(clients, chosen);
        } else {
            redact(clients, chosen);
        }
    }

    private WrittenMessage newMessage(CampaignChannel channel) {
        var message = new WrittenMessage(user, channel.arn, UUID.randomUUID().toString(), UUID.randomUUID().toString(),
                random.nextInt(PADDING_MAX));
        sent.add(message);
        return message;
    }

    /// Tries again what is open, and the last message that is not, with the tokens they had.
    ///
    /// @param listed what the server listed before, by name
    void retry(SdkClients clients, Map<String, ChannelMessageSummary> listed) {
        for (WrittenMessage message : sent.subList(Math.max(0, sent.size() - 2), sent.size())) {
            send(clients, message);
            ChannelMessageSummary before = listed.get(message.name());
            assertThat(message.id()).isEqualTo(before == null ? message.id() : before.messageId());
        }
        sent.stream().filter(WrittenMessage::isUpdateOpen).forEach(message -> update(clients, message));
        sent.stream().filter(WrittenMessage::isRedactionOpen).forEach(message -> redact(clients, message));
    }

    private static void send(SdkClients clients, WrittenMessage message) {
        message.sent(clients.messaging()
                .sendChannelMessage(SdkClients.message(message.sender, message.channel, message.firstContent())
                        .clientRequestToken(message.token)
                        .build())
                .messageId());
    }

    private static void update(SdkClients clients, WrittenMessage message) {
        clients.messaging()
                .updateChannelMessage(update -> update.channelArn(message.channel)
                        .chimeBearer(message.sender)
                        .messageId(message.requireId())
                        .content(message.nextContent()));
        message.updated();
    }

    private static void redact(SdkClients clients, WrittenMessage message) {
        message.redacting();
        clients.messaging()
                .redactChannelMessage(redact -> redact.channelArn(message.channel)
                        .chimeBearer(message.sender)
                        .messageId(message.requireId()));
        message.redacted();
    }
}
