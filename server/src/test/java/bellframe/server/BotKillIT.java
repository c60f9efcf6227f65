package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.chimesdkidentity.model.StandardMessages;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// The server is killed again and again while users ask a bot whose webhook is slow, breaks off and fails: every message that is
/// there at the end has one answer, in the order of the messages, and none that was acknowledged is missing.
class BotKillIT {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String ALIAS = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT0000001/ALIAS00001";
    private static final String ERROR = "application/amz-chime-lex-error";
    private static final String ORIGIN = "CHIME.LEX.sessionState.originatingRequestId";
    private static final String ANSWER = "{\"messages\": [{\"content\": \"yes\", \"contentType\": \"PlainText\"}]}";
    private static final int CHANNELS = 3;
    /// A round ends when a random number of messages up to this one is acknowledged.
    private static final int ACKNOWLEDGED_MAX = 40;
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(20);
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(2);

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void everyQuestionIsAnsweredOnceWhateverFourKillsInterrupt() throws Exception {
        killAndCheck(4);
    }

    @Test
    @Tag("long")
    void everyQuestionIsAnsweredOnceWhateverAHundredKillsInterrupt() throws Exception {
        killAndCheck(100);
    }

    private void killAndCheck(int kills) throws Exception {
        System.out.println("BotKillIT: seed " + seed);
        try (var webhook = new TestReceiver();
                var server = new RunningServer().with("BELLFRAME_BOT_WEBHOOKS", ALIAS + "=" + webhook.url())
                        .with("BELLFRAME_WEBHOOK_SECRET", SECRET)
                        .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")) {
            webhook.reply(this::answerSomehow);
            server.start();
            Set<String> acknowledged = new HashSet<>();
            String reader;
            List<String> channels;
            try (SdkClients clients = SdkClients.of(server)) {
                reader = clients.user("reader");
                String bot = bot(clients);
                channels = IntStream.range(0, CHANNELS).mapToObj(_ -> clients.channel(reader, bot)).toList();
            }
            for (int kill = 0; kill < kills; kill++) {
                acknowledged.addAll(sendUntilKilled(server, reader, channels));
                server.start();
            }
            webhook.reply((_, answering) -> answering.send(200, Map.of(), ANSWER));
            try (SdkClients clients = SdkClients.of(server)) {
                for (String channel : channels) {
                    acknowledged.removeAll(requireAnswered(clients, reader, channel));
                }
            }
            assertThat(acknowledged).as("acknowledged and not there").isEmpty();
        }
    }

    private void answerSomehow(Received received, Answering answering) throws IOException {
        int dice = roll(20);
        LockSupport.parkNanos(Duration.ofMillis(roll(30)).toNanos());
        switch (dice) {
            case 0 -> throw new IOException("broken off by the test");
            case 1 -> answering.send(500, Map.of(), "");
            case 2 -> answering.send(400, Map.of(), "");
            default -> answering.send(200, Map.of(), ANSWER);
        }
    }

    private int roll(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    /// The messages that were acknowledged.
    private List<String> sendUntilKilled(RunningServer server, String sender, List<String> channels) throws Exception {
        var enough = new Semaphore(0);
        try (SdkClients clients = SdkClients.of(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> senders = channels.stream()
                    .map(channel -> threads.submit(sending(clients, sender, channel, enough)))
                    .toList();
            assertThat(enough.tryAcquire(1 + roll(ACKNOWLEDGED_MAX), ROUND_LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            server.kill9();
            var acknowledged = new ArrayList<String>();
            for (Future<List<String>> sent : senders) {
                acknowledged.addAll(sent.get(ROUND_LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
            return acknowledged;
        }
    }

    private static Callable<List<String>> sending(SdkClients clients, String sender, String channel,
            Semaphore acknowledgements) {
        return () -> {
            var acknowledged = new ArrayList<String>();
            try {
                while (true) {
                    acknowledged.add(clients.send(sender, channel, "is that so?"));
                    acknowledgements.release();
                }
            } catch (SdkException _) {
                // The server is gone.
                return acknowledged;
            }
        };
    }

    /// @return the ids of the reader's messages
    private static List<String> requireAnswered(SdkClients clients, String reader, String channel) {
        Instant deadline = Instant.now().plus(QUIET_LIMIT);
        while (true) {
            List<ChannelMessageSummary> all = clients.messages(reader, channel);
            List<String> questions = all.stream()
                    .filter(message -> message.sender().arn().equals(reader))
                    .map(ChannelMessageSummary::messageId)
                    .toList();
            List<ChannelMessageSummary> answers = all.stream()
                    .filter(message -> !message.sender().arn().equals(reader))
                    .toList();
            if (answers.size() >= questions.size()) {
                assertThat(answers).hasSameSizeAs(questions);
                for (int i = 0; i < answers.size(); i++) {
                    String question = questions.get(i);
                    ChannelMessageSummary answer = answers.get(i);
                    if (!ERROR.equals(answer.contentType())) {
                        assertThat(answer.messageAttributes()).hasEntrySatisfying(ORIGIN,
                                origin -> assertThat(origin.stringValues()).containsExactly(question));
                    }
                }
                return questions;
            }
            assertThat(Instant.now()).as("all are answered").isBefore(deadline);
        }
    }

    private static String bot(SdkClients clients) {
        return clients.identity()
                .createAppInstanceBot(request -> request.appInstanceArn(clients.appInstance())
                        .name("Concierge")
                        .clientRequestToken(UUID.randomUUID().toString())
                        .configuration(configuration -> configuration.lex(lexBot -> lexBot.lexBotAliasArn(ALIAS)
                                .localeId("en_US")
                                .invokedBy(invoked -> invoked.standardMessages(StandardMessages.ALL)
                                        .targetedMessages("ALL")))))
                .appInstanceBotArn();
    }
}
