package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.SortOrder;

/// The server is killed in the middle of sending, again and again on one data folder: nothing that was acknowledged is
/// lost, doubled or out of order, and retries are the same message.
class DurabilityIT {

    /// CreateChannel takes ten members beside the creator.
    private static final int SENDERS = 11;
    private static final int CHANNELS = 3;
    /// A round ends when a random number of sends up to this one is acknowledged.
    private static final int ACKNOWLEDGED_MAX = 600;
    private static final long ROUND_LIMIT_SECONDS = 60;

    private final RunningServer server = new RunningServer();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private List<String> senders = List.of();
    private List<String> channels = List.of();
    /// Everything that was ever sent, by the content that names it.
    private final Map<String, Send> sent = new HashMap<>();

    /// One send, and what is known of it.
    ///
    /// @param messageId the answer; empty if the server was killed before it came
    private record Send(String sender, String channel, String content, String token, String messageId) {

        boolean acknowledged() {
            return !messageId.isEmpty();
        }

        Send acknowledgedAs(String id) {
            return new Send(sender, channel, content, token, id);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilled() throws Exception {
        killAndCheck(5);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostInAHundredKills() throws Exception {
        killAndCheck(100);
    }

    private void killAndCheck(int rounds) throws Exception {
        System.out.println("DurabilityIT: seed " + seed);
        server.start();
        SdkClients clients = SdkClients.of(server);
        senders = clients.users(SENDERS);
        String[] others = senders.subList(1, SENDERS).toArray(String[]::new);
        channels = IntStream.range(0, CHANNELS)
                .mapToObj(_ -> clients.channel(senders.getFirst(), others))
                .toList();
        SdkClients present = clients;
        for (int round = 0; round < rounds; round++) {
            List<List<Send>> bySender = sendUntilKilled(present);
            server.start();
            present.close();
            present = clients.at(server.port());
            check(present, bySender, "seed " + seed + ", round " + round);
        }
        present.close();
    }

    private List<List<Send>> sendUntilKilled(SdkClients clients) throws Exception {
        var acknowledgements = new CountDownLatch(1 + random.nextInt(ACKNOWLEDGED_MAX));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Send>>> sending = senders.stream()
                    .map(sender -> threads.submit(() -> sendUntilFailure(clients, sender, acknowledgements)))
                    .toList();
            boolean reached = acknowledgements.await(ROUND_LIMIT_SECONDS, TimeUnit.SECONDS);
            server.kill9();
            assertThat(reached).as("enough sends acknowledged, seed " + seed).isTrue();
            return results(sending);
        }
    }

    private static List<List<Send>> results(List<Future<List<Send>>> sending)
            throws InterruptedException, ExecutionException {
        var results = new ArrayList<List<Send>>();
        for (var sends : sending) {
            results.add(sends.get());
        }
        return results;
    }

    /// Sends one message after the other, to the channels in turn, until the server is gone.
    ///
    /// @return in order; only the last one is not acknowledged
    private List<Send> sendUntilFailure(SdkClients clients, String sender, CountDownLatch acknowledgements) {
        var sends = new ArrayList<Send>();
        while (true) {
            String channel = channels.get(sends.size() % channels.size());
            var send = new Send(sender, channel, "message " + UUID.randomUUID(), UUID.randomUUID().toString(), "");
            try {
                sends.add(send.acknowledgedAs(send(clients, send)));
                acknowledgements.countDown();
            } catch (SdkClientException killed) {
                sends.add(send);
                return sends;
            }
        }
    }

    private void check(SdkClients clients, List<List<Send>> bySender, String when) {
        for (List<Send> sends : bySender) {
            sends.forEach(send -> sent.put(send.content(), send));
        }
        Map<String, List<ChannelMessageSummary>> listed = listAll(clients);
        checkListed(listed, when);
        checkOrder(listed, bySender, when);
        retry(clients, bySender, listed, when);
        checkListed(listAll(clients), when + ", after the retries");
    }

    /// Each acknowledged message is listed once under its id, nothing is listed that was not sent, in time's order.
    private void checkListed(Map<String, List<ChannelMessageSummary>> listed, String when) {
        var ids = new HashMap<String, String>();
        listed.forEach((channel, messages) -> {
            for (ChannelMessageSummary message : messages) {
                Send send = sent.get(message.content());
                if (send == null) {
                    throw new AssertionError(when + ": " + message.content() + " was never sent");
                }
                assertThat(send.channel()).as(when).isEqualTo(channel);
                assertThat(send.sender()).as(when).isEqualTo(message.sender().arn());
                assertThat(ids.put(message.content(), message.messageId())).as("%s: listed once", when).isNull();
            }
            assertThat(messages).extracting(ChannelMessageSummary::createdTimestamp).as(when).isSorted();
        });
        sent.values()
                .stream()
                .filter(Send::acknowledged)
                .forEach(
                        send -> assertThat(ids.get(send.content())).as("%s: %s", when, send)
                                .isEqualTo(send.messageId()));
    }

    /// A sender's messages in a channel are listed in the order in which they were acknowledged.
    private static void checkOrder(Map<String, List<ChannelMessageSummary>> listed, List<List<Send>> bySender,
            String when) {
        var places = new HashMap<String, Integer>();
        listed.values()
                .forEach(
                        messages -> messages.forEach(message -> places.put(message.messageId(), places.size())));
        for (List<Send> sends : bySender) {
            sends.stream()
                    .filter(Send::acknowledged)
                    .collect(Collectors.groupingBy(Send::channel))
                    .values()
                    .forEach(inChannel -> assertThat(inChannel)
                            .extracting(send -> places.getOrDefault(send.messageId(), -1))
                            .as("%s: order of acknowledgement", when)
                            .isSorted());
        }
    }

    /// Retries what got no answer and the last that got one: the former becomes or is one message, the latter stays.
    private void retry(SdkClients clients, List<List<Send>> bySender,
            Map<String, List<ChannelMessageSummary>> listed, String when) {
        var ids = new HashMap<String, String>();
        listed.values()
                .forEach(
                        messages -> messages.forEach(message -> ids.put(message.content(), message.messageId())));
        for (List<Send> sends : bySender) {
            for (Send send : sends.subList(Math.max(0, sends.size() - 2), sends.size())) {
                String id = send(clients, send);
                assertThat(id).as("%s: retry of %s", when, send).isEqualTo(ids.getOrDefault(send.content(), id));
                sent.put(send.content(), send.acknowledgedAs(id));
            }
        }
    }

    private static String send(SdkClients clients, Send send) {
        return clients.messaging()
                .sendChannelMessage(SdkClients.message(send.sender(), send.channel(), send.content())
                        .clientRequestToken(send.token())
                        .build())
                .messageId();
    }

    private Map<String, List<ChannelMessageSummary>> listAll(SdkClients clients) {
        var listed = new HashMap<String, List<ChannelMessageSummary>>();
        for (String channel : channels) {
            listed.put(channel, clients.messaging()
                    .listChannelMessagesPaginator(list -> list.channelArn(channel)
                            .chimeBearer(senders.getFirst())
                            .sortOrder(SortOrder.ASCENDING))
                    .stream()
                    .flatMap(page -> page.channelMessages().stream())
                    .toList());
        }
        return listed;
    }
}
