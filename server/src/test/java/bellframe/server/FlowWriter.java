package bellframe.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;

/// A user of a campaign who sends messages through flows and edits them until the server is gone, and later sends again, with
/// the tokens they had, those that got no answer.
final class FlowWriter {

    private static final int WAIT_MILLIS = 20;

    private final String user;
    private final String name;
    private final List<String> channels;
    private final String target;
    private final Random random;
    private final List<FlowMessage> messages = new ArrayList<>();

    /// @param target a member of all channels
    FlowWriter(String user, String name, List<String> channels, String target, long seed) {
        this.user = user;
        this.name = name;
        this.channels = channels;
        this.target = target;
        this.random = new Random(seed);
    }

    List<FlowMessage> messages() {
        return messages;
    }

    /// Sends again what got no answer.
    void retry(SdkClients clients) {
        messages.stream().filter(message -> message.id() == null).forEach(message -> send(clients, message));
    }

    /// Writes until a call gets no answer, or it is told to end.
    ///
    /// @param room a permit for each message; who calls processors gives them back
    void write(SdkClients clients, Semaphore room, CountDownLatch acknowledgements, BooleanSupplier ended)
            throws InterruptedException {
        try {
            while (!ended.getAsBoolean()) {
                if (random.nextInt(4) == 0) {
                    edit(clients);
                } else if (room.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    send(clients, newMessage());
                }
                acknowledgements.countDown();
            }
        } catch (SdkClientException killed) {
            // What was under way is open now; see retry.
        }
    }

    private FlowMessage newMessage() {
        int kind = random.nextInt(6);
        var message = new FlowMessage(name + "-" + messages.size(), user,
                channels.get(random.nextInt(channels.size())), kind != 0, kind == 1 ? target : null,
                UUID.randomUUID().toString());
        messages.add(message);
        return message;
    }

    private static void send(SdkClients clients, FlowMessage message) {
        message.sent(clients.messaging().sendChannelMessage(message.request()).messageId());
    }

    private void edit(SdkClients clients) {
        FlowMessage message = chosen();
        if (message != null) {
            String content = message.nextContent();
            try {
                clients.messaging()
                        .updateChannelMessage(update -> update.channelArn(message.channel)
                                .chimeBearer(user)
                                .messageId(message.requireId())
                                .content(content));
                message.edited(content);
            } catch (ConflictException | ForbiddenException notSent) {
                // It has not come through the flow, or was denied there.
            }
        }
    }

    private @Nullable FlowMessage chosen() {
        List<FlowMessage> some = messages.stream()
                .filter(message -> message.persistent && message.id() != null)
                .toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }
}
