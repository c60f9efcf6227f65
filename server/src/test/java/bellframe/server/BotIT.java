package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.lex.LexServer;
import bellframe.outbound.webhook.WebhookCheck;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.chimesdkidentity.model.StandardMessages;
import software.amazon.awssdk.services.chimesdkidentity.model.TargetedMessages;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Bots, from an SDK's call to Lex or a webhook and back to sessions.
@Timeout(120)
class BotIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String ALIASES = "arn:aws:lex:" + LexServer.REGION + ":123456789012:bot-alias/BOT0000001/";
    private static final String LEX = ALIASES + "ALIAS00001";
    private static final String WEBHOOK = ALIASES + "WEBHOOK001";
    private static final String SLOW = ALIASES + "WEBHOOK002";
    private static final String REPLY = "application/amz-chime-lex-msgs";
    private static final String ERROR = "application/amz-chime-lex-error";
    private static final String ANSWER = """
            {"messages": [{"content": "A room for two?", "contentType": "PlainText"},
              {"contentType": "ImageResponseCard", "imageResponseCard":
                {"title": "Rooms", "buttons": [{"text": "Two", "value": "2"}]}}],
             "sessionState": {"intent": {"name": "Book", "state": "InProgress"}}}""";
    private static final String MESSAGES = """
            {"Messages":[{"Content":"A room for two?","ContentType":"PlainText"},\
            {"ContentType":"ImageResponseCard","ImageResponseCard":\
            {"Title":"Rooms","Buttons":[{"Text":"Two","Value":"2"}]}}]}""";

    private static final LexServer lex = new LexServer();
    private static final TestReceiver webhook = new TestReceiver();
    private static final TestReceiver slow = new TestReceiver();
    private static final TestReceiver alerts = new TestReceiver();

    @RegisterExtension
    static final RunningServer server = withBots(WEBHOOK + "=" + webhook.url("/bot") + "," + SLOW + "=" + slow.url())
            .with("BELLFRAME_LEX_ENDPOINT", lex.server().url().toString())
            .with("BELLFRAME_ALERT_WEBHOOK", alerts.url().toString())
            .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
            .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);

    private static RunningServer withBots(String webhooks) {
        return new RunningServer().with("BELLFRAME_BOT_WEBHOOKS", webhooks)
                .with("BELLFRAME_WEBHOOK_SECRET", SECRET)
                .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true");
    }

    private static SdkClients clients;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private String ada;
    private String bob;

    @BeforeAll
    static void connect() {
        clients = SdkClients.of(server);
    }

    @AfterAll
    static void closeAll() {
        clients.close();
        lex.server().close();
        webhook.close();
        slow.close();
        alerts.close();
    }

    @BeforeEach
    void createUsers() {
        ada = clients.user("ada-" + UUID.randomUUID());
        bob = clients.user("bob-" + UUID.randomUUID());
        lex.server().reply(LexServer.recognized(ANSWER));
        webhook.reply(Reply.of(200, Map.of(), ANSWER));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
    }

    @Test
    void aBotOfLexAnswersInTheChannel() throws InterruptedException {
        String bot = bot(LEX, StandardMessages.AUTO, null);
        String channel = clients.channel(ada, bot);
        LiveSession adas = connect(ada);

        String id = clients.send(ada, channel, "a room");

        LexServer.Asked asked = lex.await();
        assertThat(asked.path()).matches("BOT0000001/ALIAS00001/en_US/[0-9a-f]{32}");
        assertThat(asked.text()).isTrue();
        assertThat(asked.body().path("text").textValue()).isEqualTo("a room");
        assertThat(asked.body().at("/requestAttributes/CHIME.channel.arn").textValue()).isEqualTo(channel);
        assertThat(asked.body().at("/requestAttributes/CHIME.sender.arn").textValue()).isEqualTo(ada);
        assertThat(adas.next().payload().path("MessageId").textValue()).isEqualTo(id);
        LiveSession.Event reply = adas.next();
        assertThat(reply.type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(reply.messageType()).isEqualTo("STANDARD");
        JsonNode message = reply.payload();
        assertThat(message.at("/Sender/Arn").textValue()).isEqualTo(bot);
        assertThat(message.at("/Sender/Name").textValue()).isEqualTo("Concierge");
        assertThat(message.path("ContentType").textValue()).isEqualTo(REPLY);
        assertThat(message.path("Content").textValue()).isEqualTo(MESSAGES);
        assertThat(message.path("Persistence").textValue()).isEqualTo("PERSISTENT");
        JsonNode attributes = message.path("MessageAttributes");
        assertThat(attribute(attributes, "intent.name")).isEqualTo("Book");
        assertThat(attribute(attributes, "intent.state")).isEqualTo("InProgress");
        assertThat(attribute(attributes, "originatingRequestId")).isEqualTo(id);
        assertThat(attribute(attributes, "sessionId")).isEqualTo(asked.path().replaceFirst(".*/", ""));
        assertThat(clients.messages(ada, channel)).hasSize(2);
        assertThat(lex.server().waiting()).isZero();
    }

    private static String attribute(JsonNode attributes, String name) {
        return attributes.path("CHIME.LEX.sessionState." + name).at("/StringValues/0").textValue();
    }

    @Test
    void amongOthersABotAnswersWhoMentionsIt() throws InterruptedException {
        String bot = bot(LEX, StandardMessages.AUTO, null);
        String channel = clients.channel(ada, bob, bot);
        clients.send(ada, channel, "not you");

        clients.messaging()
                .sendChannelMessage(SdkClients.message(ada, channel, "you")
                        .messageAttributes(
                                Map.of("CHIME.mentions",
                                        MessageAttributeValue.builder().stringValues(bob, bot).build()))
                        .build());

        assertThat(lex.await().body().path("text").textValue()).isEqualTo("you");
        assertThat(lex.server().waiting()).isZero();
    }

    @Test
    void whatIsTargetedAtABotIsBetweenTheTwo() throws InterruptedException {
        String bot = bot(LEX, StandardMessages.NONE, null);
        String channel = clients.channel(ada, bob, bot);
        LiveSession adas = connect(ada);
        LiveSession bobs = connect(bob);

        clients.messaging()
                .sendChannelMessage(SdkClients.message(ada, channel, "between us")
                        .target(Target.builder().memberArn(bot).build())
                        .build());

        assertThat(lex.await().body().path("text").textValue()).isEqualTo("between us");
        assertThat(adas.next().payload().path("Content").textValue()).isEqualTo("between us");
        JsonNode reply = adas.next().payload();
        assertThat(reply.at("/Sender/Arn").textValue()).isEqualTo(bot);
        assertThat(reply.at("/Target/0/MemberArn").textValue()).isEqualTo(ada);
        clients.send(ada, channel, "for all");
        assertThat(bobs.next().payload().path("Content").textValue()).isEqualTo("for all");
    }

    @Test
    void aBotThatIsAddedBeginsWithItsWelcome() throws InterruptedException {
        lex.server()
                .reply(LexServer.started("[{\"content\": \"Hello!\", \"contentType\": \"PlainText\"}]",
                        "{\"intent\": {\"name\": \"Welcome\", \"state\": \"Fulfilled\"}}", "session"));
        String bot = bot(LEX, StandardMessages.ALL, "Welcome");
        String channel = clients.channel(ada);
        LiveSession adas = connect(ada);

        clients.messaging()
                .createChannelMembership(membership -> membership.chimeBearer(ada)
                        .channelArn(channel)
                        .memberArn(bot)
                        .type("DEFAULT"));

        LexServer.Asked asked = lex.await();
        assertThat(asked.text()).isFalse();
        assertThat(asked.body().at("/sessionState/intent/name").textValue()).isEqualTo("Welcome");
        assertThat(asked.body().path("requestAttributes").fieldNames()).toIterable()
                .containsExactly("CHIME.channel.arn");
        assertThat(adas.next().type()).isEqualTo("CREATE_CHANNEL_MEMBERSHIP");
        JsonNode reply = adas.next().payload();
        assertThat(reply.path("Content").textValue())
                .isEqualTo("{\"Messages\":[{\"Content\":\"Hello!\",\"ContentType\":\"PlainText\"}]}");
        assertThat(attribute(reply.path("MessageAttributes"), "sessionId")).isEqualTo("session");
    }

    @Test
    void aWebhookAnswersForABot() throws Exception {
        String bot = bot(WEBHOOK, StandardMessages.ALL, null);
        String channel = clients.channel(ada, bot);
        LiveSession adas = connect(ada);

        String id = clients.send(ada, channel, "a room");

        TestReceiver.Received asked = webhook.await();
        assertThat(WebhookCheck.isSigned(asked, SECRET)).isTrue();
        assertThat(asked.rawPath()).isEqualTo("/bot");
        assertThat(asked.header("webhook-id")).contains(id);
        assertThat(json(asked.text()).path("text").textValue()).isEqualTo("a room");
        assertThat(adas.next().payload().path("MessageId").textValue()).isEqualTo(id);
        JsonNode reply = adas.next().payload();
        assertThat(reply.at("/Sender/Arn").textValue()).isEqualTo(bot);
        assertThat(reply.path("Content").textValue()).isEqualTo(MESSAGES);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(LexServer.error(403, "AccessDeniedException", Map.of()), 403, "no access to the Lex bot"),
                Arguments.of(LexServer.error(404, "ResourceNotFoundException", Map.of()), 500, "Lex bot not found"),
                Arguments.of(LexServer.error(500, "InternalServerException", Map.of()), 500,
                        "500 InternalServerException"),
                Arguments.of(LexServer.error(429, "ThrottlingException", Map.of("Retry-After", "1")), 500,
                        "429 ThrottlingException"),
                Arguments.of(LexServer.recognized("no JSON"), 500, "something that cannot be read"),
                Arguments.of(Reply.brokenOff(), 500, ""));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBotThatFailsSaysSo(Reply failure, int code, String reason) throws Exception {
        String bot = bot(LEX.replace("ALIAS00001", "ALIAS0000" + failures().toList().size()), StandardMessages.ALL,
                null);
        String channel = clients.channel(ada, bot);
        lex.server().reply(failure);
        LiveSession adas = connect(ada);

        clients.send(ada, channel, "a room");

        assertThat(adas.next().payload().path("Content").textValue()).isEqualTo("a room");
        JsonNode reply = adas.next().payload();
        assertThat(reply.path("ContentType").textValue()).isEqualTo(ERROR);
        assertThat(reply.path("Content").textValue()).isEqualTo("{\"Code\":" + code + "}");
        JsonNode alert = json(alerts.await().text());
        assertThat(alert.path("detail-type").textValue()).isEqualTo("Chime Messaging AppInstanceBot Lex Failure");
        assertThat(alert.at("/detail/resourceArn").textValue()).isEqualTo(bot);
        assertThat(alert.at("/detail/failureReason").textValue()).contains(reason);
        assertThat(alert.toString()).doesNotContain("said by the test", "a room");
        lex.server().reply(LexServer.recognized(ANSWER));
        while (lex.server().waiting() > 0) {
            lex.await();
        }
    }

    @Test
    void aBotThatIsSlowKeepsNobodyElseWaiting() throws InterruptedException {
        slow.reply(Reply.never());
        String slowBot = bot(SLOW, StandardMessages.ALL, null);
        String quick = bot(LEX, StandardMessages.ALL, null);
        String channel = clients.channel(ada, slowBot, quick);
        LiveSession adas = connect(ada);

        clients.send(ada, channel, "one");
        slow.await();
        assertThat(adas.next().payload().path("Content").textValue()).isEqualTo("one");
        assertThat(adas.next().payload().at("/Sender/Arn").textValue()).isEqualTo(quick);
        clients.send(ada, channel, "two");

        assertThat(adas.next().payload().path("Content").textValue()).isEqualTo("two");
        assertThat(adas.next().payload().at("/Sender/Arn").textValue()).isEqualTo(quick);
        while (lex.server().waiting() > 0) {
            lex.await();
        }
    }

    @Test
    void aQuestionThatAKillInterruptsIsAskedAgainAndAnsweredOnce() throws Exception {
        try (var receiver = new TestReceiver(); var other = withBots(WEBHOOK + "=" + receiver.url())) {
            receiver.reply(Reply.never());
            other.start();
            try (SdkClients before = SdkClients.of(other)) {
                String user = before.user("ada");
                String channel = before.channel(user, bot(before, WEBHOOK, StandardMessages.ALL, null));
                before.send(user, channel, "a room");
                String id = receiver.await().header("webhook-id");
                other.kill9();
                receiver.reply(Reply.of(200, Map.of(), ANSWER));
                other.start();
                assertThat(receiver.await().header("webhook-id")).isEqualTo(id);
                try (SdkClients after = SdkClients.of(other)) {
                    assertThat(awaitMessages(after, user, channel, 2)).isEqualTo(List.of("a room", MESSAGES));
                }
            }
        }
    }

    private static List<String> awaitMessages(SdkClients some, String reader, String channel, int count)
            throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(30);
        while (some.messages(reader, channel).size() < count) {
            assertThat(Instant.now()).as("an answer comes").isBefore(deadline);
        }
        return some.messages(reader, channel).stream().map(message -> message.content()).toList();
    }

    private String bot(String alias, StandardMessages standard, @Nullable String welcome) {
        return bot(clients, alias, standard, welcome);
    }

    private static String bot(SdkClients some, String alias, StandardMessages standard, @Nullable String welcome) {
        return some.identity()
                .createAppInstanceBot(request -> request.appInstanceArn(some.appInstance())
                        .name("Concierge")
                        .clientRequestToken(UUID.randomUUID().toString())
                        .configuration(configuration -> configuration.lex(lexBot -> lexBot.lexBotAliasArn(alias)
                                .localeId("en_US")
                                .welcomeIntent(welcome)
                                .invokedBy(invoked -> invoked.standardMessages(standard)
                                        .targetedMessages(TargetedMessages.ALL)))))
                .appInstanceBotArn();
    }

    private LiveSession connect(String user) {
        URI url = clients.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()),
                        Map.of("userArn", user, "sessionId", UUID.randomUUID().toString()), Instant.now(), LIFETIME);
        LiveSession session = LiveSession.open(url, null);
        opened.add(session);
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return session;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }
}
