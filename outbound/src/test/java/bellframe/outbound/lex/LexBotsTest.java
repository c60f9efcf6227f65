package bellframe.outbound.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.bots.BotForbidden;
import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes.Question;
import bellframe.outbound.LogLines;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.push.BrokenServers;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class LexBotsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALIAS = "arn:aws:lex:eu-central-1:123456789012:bot-alias/BOTBOTBOT1/ALIASALIAS";
    private static final String SESSION = "0123456789abcdef-0123";
    private static final Question QUESTION = new Question("question-1", ALIAS, "en_US", SESSION,
            Map.of("CHIME.channel.arn", "the channel", "CHIME.sender.arn", "the sender"));
    private static final String TEXT = "what is the s\u00e4ldo";
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), 64 * 1024, 16, 64);
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(2), 2_000, 16, 64);

    private static final String MESSAGES = """
            [{"content":"Hällo!","contentType":"PlainText"},
             {"contentType":"ImageResponseCard","imageResponseCard":{"title":"Title","subtitle":"Sub",
              "imageUrl":"https://example.com/i.png","buttons":[{"text":"One","value":"1"},{"text":"Two","value":"2"}]}}]""";
    private static final String EXPECTED = """
            [{"Content":"Hällo!","ContentType":"PlainText"},
             {"ContentType":"ImageResponseCard","ImageResponseCard":{"Title":"Title","Subtitle":"Sub",
              "ImageUrl":"https://example.com/i.png","Buttons":[{"Text":"One","Value":"1"},{"Text":"Two","Value":"2"}]}}]""";
    private static final String STATE = """
            {"dialogAction":{"type":"ElicitSlot","slotToElicit":"account"},
             "intent":{"name":"Balance","state":"InProgress","slots":{"account":null}},
             "originatingRequestId":"request-1"}""";

    @AutoClose
    private final LexServer server = new LexServer();

    @Test
    void aBotAnswersAMessage() throws Exception {
        server.reply(LexServer.recognized("{\"messages\":" + MESSAGES + ",\"sessionState\":" + STATE
                + ",\"sessionId\":\"session-of-lex\",\"interpretations\":[]}"));
        BotReply reply = recognize(QUESTION);

        assertThat(JSON.readTree(reply.messages())).isEqualTo(JSON.readTree(EXPECTED));
        assertThat(reply.intentName()).isEqualTo("Balance");
        assertThat(reply.intentState()).isEqualTo("InProgress");
        assertThat(reply.originatingRequestId()).isEqualTo("request-1");
        assertThat(reply.sessionId()).isEqualTo("session-of-lex");
        LexServer.Asked asked = server.await();
        assertThat(asked.path()).isEqualTo("BOTBOTBOT1/ALIASALIAS/en_US/" + SESSION);
        assertThat(asked.text()).isTrue();
        assertThat(asked.body()).isEqualTo(JSON.readTree("""
                {"text":"%s","requestAttributes":{"CHIME.channel.arn":"the channel","CHIME.sender.arn":"the sender"}}"""
                .formatted(TEXT)));
    }

    @Test
    void aBotThatSaysNothingSaysAnEmptyList() throws Exception {
        BotReply reply = recognize(QUESTION);
        assertThat(reply).isEqualTo(new BotReply("[]", null, null, null, SESSION));
    }

    @Test
    void aBotBeginsWithAnIntent() throws Exception {
        server.reply(LexServer.started(MESSAGES, STATE, "session-of-lex"));
        BotReply reply = start(QUESTION);

        assertThat(JSON.readTree(reply.messages())).isEqualTo(JSON.readTree(EXPECTED));
        assertThat(reply.intentName()).isEqualTo("Balance");
        assertThat(reply.intentState()).isEqualTo("InProgress");
        assertThat(reply.originatingRequestId()).isEqualTo("request-1");
        assertThat(reply.sessionId()).isEqualTo("session-of-lex");
        LexServer.Asked asked = server.await();
        assertThat(asked.path()).isEqualTo("BOTBOTBOT1/ALIASALIAS/en_US/" + SESSION);
        assertThat(asked.text()).isFalse();
        assertThat(asked.body()).isEqualTo(JSON.readTree("""
                {"requestAttributes":{"CHIME.channel.arn":"the channel","CHIME.sender.arn":"the sender"},
                 "sessionState":{"intent":{"name":"Welcome","state":"InProgress"},
                                 "dialogAction":{"type":"Delegate"}}}"""));
    }

    @Test
    void aBotThatBeginsWithNothingSaysAnEmptyList() throws Exception {
        server.reply(Reply.of(200, Map.of("Content-Type", "text/plain; charset=utf-8"), ""));
        assertThat(start(QUESTION)).isEqualTo(new BotReply("[]", null, null, null, SESSION));
    }

    @Test
    void headersThatCannotBeReadFailForGood() throws Exception {
        String tooMuch = LexServer.compressed(" ".repeat(CompressedHeader.MAX_BYTES + 1));
        for (String header : new String[]{"!", "QQ==", LexServer.compressed("no JSON"), tooMuch}) {
            server.reply(Reply.of(200, Map.of("x-amz-lex-messages", header), ""));
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> start(QUESTION));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("the Lex bot answered something that cannot be read");
        }
    }

    @ParameterizedTest
    @CsvSource({
            "404, ResourceNotFoundException, Lex bot not found, true",
            "400, ValidationException, 400 ValidationException, true",
            "409, ConflictException, 409 ConflictException, true",
            "424, DependencyFailedException, 424 DependencyFailedException, true",
            "429, ThrottlingException, 429 ThrottlingException, false",
            "500, InternalServerException, 500 InternalServerException, false",
            "502, BadGatewayException, 502 BadGatewayException, false"})
    void failuresPassOrDoNot(int status, String code, String reason, boolean permanent) {
        server.reply(LexServer.error(status, code, Map.of("Retry-After", "7")));
        for (DeliveryFailed problem : new DeliveryFailed[]{failure(),
                catchThrowableOfType(DeliveryFailed.class, () -> start(QUESTION))}) {
            assertThat(problem.reason()).isEqualTo(reason);
            assertThat(problem.permanent()).isEqualTo(permanent);
            assertThat(problem.retryAfter()).isEqualTo(permanent ? null : Duration.ofSeconds(7));
        }
    }

    @Test
    void whatMayNotBeAskedIsToldApart() {
        server.reply(LexServer.error(403, "AccessDeniedException", Map.of()));
        assertThat(catchThrowableOfType(BotForbidden.class, () -> recognize(QUESTION)).reason())
                .isEqualTo("no access to the Lex bot");
        assertThat(catchThrowableOfType(BotForbidden.class, () -> start(QUESTION)).reason())
                .isEqualTo("no access to the Lex bot");
    }

    @Test
    void garbageIsNoAnswer() {
        for (String body : new String[]{"<html>said by the test", "said by the test", "{\"messages\":[said",
                "{\"messages\":[{\"content\":\"said"}) {
            server.reply(LexServer.recognized(body));
            try (var log = new LogLines()) {
                DeliveryFailed problem = failure();
                assertThat(problem.permanent()).isFalse();
                assertThat(problem.reason()).isEqualTo("the Lex bot answered something that cannot be read");
                assertThat(log.lines()).asString().doesNotContain("said");
            }
        }
    }

    @Test
    void silenceAndSlownessEndWithinTheLimit() {
        for (Reply reply : new Reply[]{Reply.never(), Reply.slowly(200)}) {
            server.reply(reply);
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> {
                try (var lex = new Lex(server.url(), LIMITS)) {
                    lex.bots.recognize(QUESTION, TEXT);
                }
            });
            assertThat(problem.permanent()).isFalse();
            assertThat(problem.reason()).startsWith("localhost took");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsBrokenMayBePutRight(BrokenServers.Fault fault) {
        try (var broken = new BrokenServers(fault)) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> {
                try (var lex = new Lex(URI.create("http://localhost:" + broken.port()), LIMITS)) {
                    lex.bots.recognize(QUESTION, TEXT);
                }
            });
            assertThat(problem.permanent()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bot", "arn:aws:lex:eu-central-1:123456789012:bot/BOTBOTBOT1",
            "arn:aws:lex:eu-central-1:123456789012:bot-alias/BOTBOTBOT1/ALIASALIAS/x",
            "arn:aws:lex:eu-central-1.evil.org/:123456789012:bot-alias/BOTBOTBOT1/ALIASALIAS"})
    void whatIsNoAliasFailsForGood(String arn) {
        DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                () -> recognize(new Question("question-1", arn, "en_US", SESSION, Map.of())));
        assertThat(problem.permanent()).isTrue();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void regionsDoNotMakeClientsWithoutEnd() throws Exception {
        try (var lex = new Lex(server.url(), PATIENT)) {
            for (int i = 0; i <= LexRuntimes.REGIONS_MAX; i++) {
                String region = "eu-x" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "-1";
                var question = new Question("question-1", ALIAS.replace("eu-central-1", region), "en_US",
                        SESSION, Map.of());
                DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                        () -> lex.bots.recognize(question, TEXT));
                assertThat(problem.reason().equals("bots in too many regions")).isEqualTo(i == LexRuntimes.REGIONS_MAX);
            }
        }
    }

    @Test
    void nothingPrivateIsLoggedOrTold() throws Exception {
        try (var log = new LogLines()) {
            server.reply(LexServer.recognized("{\"messages\":" + MESSAGES + "}"));
            assertThat(recognize(QUESTION)).asString().doesNotContain("Hällo");
            server.reply(LexServer.error(400, "ValidationException", Map.of()));
            String reason = failure().toString();
            assertThat(log.lines() + reason).doesNotContain("säldo", "Hällo", "said by");
        }
    }

    private BotReply recognize(Question question) throws IOException, DeliveryFailed, BotForbidden {
        try (var lex = new Lex(server.url(), PATIENT)) {
            return lex.bots.recognize(question, TEXT);
        }
    }

    private BotReply start(Question question) throws IOException, DeliveryFailed, BotForbidden {
        try (var lex = new Lex(server.url(), PATIENT)) {
            return lex.bots.start(question, "Welcome");
        }
    }

    private DeliveryFailed failure() {
        return catchThrowableOfType(DeliveryFailed.class, () -> recognize(QUESTION));
    }

    /// All it takes to ask a bot.
    private static final class Lex implements AutoCloseable {

        private final Calls calls;
        private final AwsAccess access;
        private final LexBots bots;

        Lex(URI address, CallLimits limits) throws IOException {
            calls = new Calls(new CallRules(Set.of("localhost"), true, null, limits));
            var credentials = StaticCredentialsProvider
                    .create(AwsBasicCredentials.create(AwsServer.KEY_ID, AwsServer.SECRET));
            access = new AwsAccess(calls, credentials, InstantSource.system());
            bots = new LexBots(new FirstUse<>(() -> access), new AwsEndpoint.At(address));
        }

        @Override
        public void close() {
            access.close();
            calls.close();
        }
    }
}
