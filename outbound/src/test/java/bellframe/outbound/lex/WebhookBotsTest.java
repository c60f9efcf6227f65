package bellframe.outbound.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes;
import bellframe.bots.BotRuntimes.Question;
import bellframe.outbound.LogLines;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.push.BrokenServers;
import bellframe.outbound.webhook.WebhookCheck;
import bellframe.outbound.webhook.WebhookSecrets;
import bellframe.outbound.webhook.Webhooks;
import bellframe.outbox.DeliveryFailed;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookBotsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String ALIAS = "arn:aws:lex:eu-central-1:123456789012:bot-alias/BOTBOTBOT1/ALIASALIAS";
    private static final Question QUESTION = new Question("question-1", ALIAS, "en_US", "session-1",
            Map.of("CHIME.channel.arn", "the channel"));
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), ANSWER_BYTES, 16, 64);
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(2), ANSWER_BYTES, 16, 64);

    @AutoClose
    private final TestReceiver server = new TestReceiver();

    @Test
    void aBotAnswersAMessage() throws Exception {
        server.reply(answer("""
                {"messages":[{"content":"Hällo","contentType":"PlainText","more":1},{"ContentType":"CustomPayload",
                 "Content":"{}"}],
                 "sessionState":{"intent":{"name":"Greet","state":"Fulfilled"},"originatingRequestId":"r"}}"""));
        BotReply reply = recognize("what is the säldo");

        assertThat(JSON.readTree(reply.messages())).isEqualTo(JSON.readTree("""
                [{"Content":"Hällo","ContentType":"PlainText"},{"Content":"{}","ContentType":"CustomPayload"}]"""));
        assertThat(reply.intentName()).isEqualTo("Greet");
        assertThat(reply.intentState()).isEqualTo("Fulfilled");
        assertThat(reply.originatingRequestId()).isEqualTo("r");
        assertThat(reply.sessionId()).isEqualTo("session-1");
        Received request = server.await();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawPath()).isEqualTo("/bot");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(WebhookCheck.isSigned(request, SECRET)).isTrue();
        assertThat(JSON.readTree(request.text())).isEqualTo(JSON.readTree("""
                {"text":"what is the säldo","sessionId":"session-1","localeId":"en_US",
                 "requestAttributes":{"CHIME.channel.arn":"the channel"},"sessionState":{}}"""));
    }

    @Test
    void aBotBeginsWithAnIntent() throws Exception {
        server.reply(answer("{}"));
        try (var bots = new Bots(server.url("/bot"), PATIENT)) {
            assertThat(bots.webhooks.start(QUESTION, "Welcome"))
                    .isEqualTo(new BotReply("[]", null, null, null, "session-1"));
        }
        assertThat(JSON.readTree(server.await().text())).isEqualTo(JSON.readTree("""
                {"sessionId":"session-1","localeId":"en_US","requestAttributes":{"CHIME.channel.arn":"the channel"},
                 "sessionState":{"intent":{"name":"Welcome","state":"InProgress"},
                                 "dialogAction":{"type":"Delegate"}}}"""));
    }

    @Test
    void aQuestionThatComesAgainIsKnownByItsId() throws Exception {
        server.reply(answer("{}"));
        recognize("yes");
        assertThat(server.await().header("webhook-id")).isEqualTo("msg_question-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>said by the test", "7", "{} {}"})
    void garbageIsNoAnswer(String body) {
        server.reply(answer(body));
        DeliveryFailed problem = failure(PATIENT, server.url("/bot"));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("the bot's webhook answered something else than messages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messages\":7,\"sessionState\":[]}", "{\"messages\":{},\"sessionState\":{\"intent\":7}}",
            "{\"messages\":null}"})
    void whatHasAnotherShapeSaysNothing(String body) throws Exception {
        server.reply(answer(body));
        assertThat(recognize("yes")).isEqualTo(new BotReply("[]", null, null, null, "session-1"));
    }

    @Test
    void aLongAnswerIsTakenAndATooLongOneFailsForGood() throws Exception {
        String before = "{\"messages\":[{\"content\":\"";
        String after = "\"}]}";
        int room = ANSWER_BYTES - before.length() - after.length();
        server.reply(answer(before + "x".repeat(room) + after));
        assertThat(recognize("yes").messages()).hasSizeGreaterThan(room);

        server.reply(answer(before + "x".repeat(room + 1) + after));
        DeliveryFailed problem = failure(PATIENT, server.url("/bot"));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("the bot's webhook answered too much");
        server.reply(Reply.endless(200));
        assertThat(failure(PATIENT, server.url("/bot")).permanent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"400, true", "403, true", "404, true", "302, true", "429, false", "500, false", "503, false"})
    void refusalsPassOrDoNot(int status, boolean permanent) {
        server.reply(Reply.of(status, Map.of("Location", server.url("/elsewhere").toString()), "said by the test"));
        DeliveryFailed problem = failure(PATIENT, server.url("/bot"));
        assertThat(problem.reason()).isEqualTo("the webhook answered " + status);
        assertThat(problem.permanent()).isEqualTo(permanent);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsBrokenMayBePutRight(BrokenServers.Fault fault) {
        try (var broken = new BrokenServers(fault)) {
            assertThat(failure(LIMITS, URI.create("http://localhost:" + broken.port())).permanent()).isFalse();
        }
    }

    @Test
    void aBotWithoutAddressFailsForGood() throws Exception {
        var other = new Question("question-2", ALIAS.replace("BOT1", "BOT2"), "en_US", "session-1", Map.of());
        try (var bots = new Bots(server.url("/bot"), PATIENT)) {
            assertThat(catchThrowableOfType(DeliveryFailed.class, () -> bots.webhooks.recognize(other, "yes"))
                    .permanent()).isTrue();
        }
        assertThat(server.waiting()).isZero();
    }

    @Test
    void aBotIsAskedWhereItIsConfigured() throws Exception {
        BotRuntimes webhooks = new Saying("webhook");
        BotRuntimes lex = new Saying("lex");
        var other = new Question("question-2", ALIAS.replace("BOT1", "BOT2"), "en_US", "session-1", Map.of());

        var both = new BotRuntimesByArn(Set.of(ALIAS), webhooks, lex);
        assertThat(both.recognize(QUESTION, "yes").messages()).isEqualTo("webhook");
        assertThat(both.start(QUESTION, "Welcome").messages()).isEqualTo("webhook");
        assertThat(both.recognize(other, "yes").messages()).isEqualTo("lex");
        assertThat(both.start(other, "Welcome").messages()).isEqualTo("lex");
        var none = new BotRuntimesByArn(Set.of(ALIAS), webhooks, null);
        DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> none.recognize(other, "yes"));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("nothing is configured that answers for " + other.botAliasArn());
    }

    @Test
    void nothingPrivateIsLoggedOrTold() throws Exception {
        try (var log = new LogLines()) {
            server.reply(answer("{\"messages\":[{\"content\":\"Hällo\"}]}"));
            assertThat(recognize("säldo")).asString().doesNotContain("Hällo");
            server.reply(Reply.of(400, Map.of(), "said by the test"));
            String reason = failure(PATIENT, server.url("/bot")).toString();
            assertThat(log.lines() + reason).doesNotContain("säldo", "Hällo", "said by");
        }
    }

    private static Reply answer(String body) {
        return Reply.of(200, Map.of("Content-Type", "application/json"), body);
    }

    private BotReply recognize(String text) throws IOException, DeliveryFailed {
        try (var bots = new Bots(server.url("/bot"), PATIENT)) {
            return bots.webhooks.recognize(QUESTION, text);
        }
    }

    private static DeliveryFailed failure(CallLimits limits, URI address) {
        return catchThrowableOfType(DeliveryFailed.class, () -> {
            try (var bots = new Bots(address, limits)) {
                bots.webhooks.recognize(QUESTION, "säldo");
            }
        });
    }

    /// Says where it was asked.
    private record Saying(String where) implements BotRuntimes {

        @Override
        public BotReply recognize(Question question, String text) {
            return new BotReply(where, null, null, null, question.sessionId());
        }

        @Override
        public BotReply start(Question question, String intent) {
            return new BotReply(where, null, null, null, question.sessionId());
        }
    }

    /// All it takes to ask a webhook.
    private static final class Bots implements AutoCloseable {

        private final Calls calls;
        private final WebhookBots webhooks;

        Bots(URI address, CallLimits limits) throws IOException {
            calls = new Calls(new CallRules(Set.of("localhost"), true, null, limits));
            var signing = new Webhooks(calls, WebhookSecrets.parse(SECRET).orElseThrow(), InstantSource.system());
            webhooks = new WebhookBots(Map.of(ALIAS, address), signing);
        }

        @Override
        public void close() {
            calls.close();
        }
    }
}
