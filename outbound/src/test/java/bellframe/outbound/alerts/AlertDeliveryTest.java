package bellframe.outbound.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bellframe.alerts.Alert;
import bellframe.names.Account;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.webhook.WebhookCheck;
import bellframe.outbound.webhook.WebhookSecrets;
import bellframe.outbound.webhook.Webhooks;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class AlertDeliveryTest {

    private static final Account ACCOUNT = new Account("123456789012", "eu-central-1");
    private static final String TYPE = "Chime ChannelFlow Processing Status";
    private static final String DETAIL = "{\"eventType\":\"ProcessorInvocationFailure\",\"failureReason\":\"a \\\"b\\\"\"}";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofSeconds(30), 10_000, 16, 64);
    private static final long WAIT_SECONDS = 20;

    @AutoClose
    private final EventBridgeServer bus = new EventBridgeServer(ACCOUNT.region());

    @AutoClose
    private final TestReceiver webhook = new TestReceiver();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AlertSinks sinks = new AlertSinks();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AlertDelivery.class);
    @AutoClose
    private final Calls calls;
    @AutoClose
    private final AwsAccess access;

    AlertDeliveryTest() throws IOException {
        calls = new Calls(new CallRules(Set.of("localhost"), true, null, LIMITS));
        access = new AwsAccess(calls, StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsServer.KEY_ID, AwsServer.SECRET)), InstantSource.system());
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void theLogHasOneLineOfEachAlert() {
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());
        }
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(TYPE + ": " + DETAIL);
        assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.WARN);
        assertThat(count("log", "delivered")).isOne();
    }

    @Test
    void aWebhookGetsTheWholeEvent() throws Exception {
        toWebhook();
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());
            Received request = webhook.await();

            JsonNode event = new ObjectMapper().readTree(request.text());
            assertThat(event.propertyStream().map(Map.Entry::getKey)).containsExactly("version", "id", "detail-type",
                    "source", "account", "time", "region", "resources", "detail");
            assertThat(event.path("version").asText()).isEqualTo("0");
            assertThatCode(() -> UUID.fromString(event.path("id").asText())).doesNotThrowAnyException();
            assertThat(event.path("detail-type").asText()).isEqualTo(TYPE);
            assertThat(event.path("source").asText()).isEqualTo("aws.chime");
            assertThat(event.path("account").asText()).isEqualTo(ACCOUNT.id());
            assertThat(event.path("time").asText()).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(event.path("region").asText()).isEqualTo(ACCOUNT.region());
            assertThat(event.path("resources").isArray()).isTrue();
            assertThat(event.path("resources")).isEmpty();
            assertThat(event.path("detail")).hasToString(DETAIL);
            assertThat(WebhookCheck.isSigned(request, SECRET)).isTrue();
            awaitCount("webhook", "delivered", 1);
        }
    }

    @Test
    void eventBridgeGetsAnEntryOfTheBus() throws Exception {
        toBus();
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());

            JsonNode entry = bus.awaitEntry();
            assertThat(entry.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("Time", "Source",
                    "DetailType", "Detail", "EventBusName");
            assertThat(entry.path("Source").asText()).isEqualTo("aws.chime");
            assertThat(entry.path("DetailType").asText()).isEqualTo(TYPE);
            assertThat(entry.path("Detail").asText()).isEqualTo(DETAIL);
            assertThat(entry.path("Time").asDouble()).isEqualTo(1772366400);
            assertThat(entry.path("EventBusName").asText()).isEqualTo("chat");
            awaitCount("eventbridge", "delivered", 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "ThrottlingException, 3",
            "InternalFailure, 3",
            "NotAuthorizedForSourceException, 1",
            "MalformedDetail, 1"})
    void anEntryThatIsRefusedIsAFailure(String code, int attempts) throws Exception {
        bus.reply(EventBridgeServer.refused(code));
        assertBusFails(attempts);
        assertThat(lines.list).last()
                .asString()
                .contains("an alert could not be delivered to eventbridge: the event bus refused the event: " + code);
    }

    @ParameterizedTest
    @CsvSource({
            "400, ThrottlingException, 3",
            "500, InternalFailure, 3",
            "400, AccessDeniedException, 1",
            "400, ResourceNotFoundException, 1"})
    void aRequestThatIsRefusedIsAFailure(int status, String code, int attempts) throws Exception {
        bus.reply(EventBridgeServer.error(status, code));
        assertBusFails(attempts);
    }

    @Test
    void whatFailedOnceIsTriedAgain() throws Exception {
        toWebhook();
        webhook.reply((_, answering) -> answering.send(webhook.waiting() == 1 ? 500 : 200, Map.of(), ""));
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());
            awaitCount("webhook", "delivered", 1);
        }
        assertThat(webhook.waiting()).isEqualTo(2);
        assertThat(count("webhook", "failed")).isZero();
    }

    @Test
    void oneSinkThatFailsDoesNotKeepTheOtherFromItsAlerts() throws Exception {
        toBus();
        toWebhook();
        bus.reply(EventBridgeServer.error(500, "InternalFailure"));
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());
            webhook.await();
            awaitCount("webhook", "delivered", 1);
        }
        assertThat(count("eventbridge", "failed")).isOne();
    }

    @Test
    void whoRaisesAlertsNeverWaitsAndWhatIsTooMuchIsCounted() throws Exception {
        toWebhook();
        webhook.reply(Reply.never());
        AlertDelivery alerts = delivery(Duration.ofMillis(1));
        alerts.raise(alert());
        webhook.await();
        for (int i = 0; i < 1_003; i++) {
            alerts.raise(alert());
        }
        assertThat(count("webhook", "overflow")).isEqualTo(3);
        assertThat(count("log", "delivered")).isEqualTo(1_004);

        long before = System.nanoTime();
        alerts.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
        awaitCount("webhook", "failed", 1_001);
    }

    @Test
    void whatWaitsForItsNextAttemptGetsItWhenTheServerStops() throws Exception {
        toWebhook();
        webhook.reply((_, answering) -> answering.send(webhook.waiting() == 1 ? 500 : 200, Map.of(), ""));
        AlertDelivery alerts = delivery(Duration.ofHours(1));
        alerts.raise(alert());
        awaitWaiting(1);
        alerts.close();
        assertThat(count("webhook", "delivered")).isOne();
    }

    @Test
    void afterTheEndAlertsReachTheLogOnly() {
        toWebhook();
        AlertDelivery alerts = delivery(Duration.ofMillis(1));
        alerts.close();
        alerts.raise(alert());
        assertThat(count("log", "delivered")).isOne();
        assertThat(count("webhook", "overflow")).isOne();
    }

    private void assertBusFails(int attempts) throws Exception {
        toBus();
        try (AlertDelivery alerts = delivery(Duration.ofMillis(1))) {
            alerts.raise(alert());
            awaitCount("eventbridge", "failed", 1);
        }
        assertThat(bus.waiting()).isEqualTo(attempts);
        assertThat(count("eventbridge", "delivered")).isZero();
    }

    private void toBus() {
        sinks.eventBridge(new FirstUse<>(() -> access), new AwsEndpoint.At(bus.url()), ACCOUNT.region(), "chat");
    }

    private void toWebhook() {
        sinks.webhook(webhook.url("/alerts"),
                new Webhooks(calls, WebhookSecrets.parse(SECRET).orElseThrow(), () -> NOW));
    }

    private AlertDelivery delivery(Duration pause) {
        return sinks.delivery(ACCOUNT, "aws.chime", meters, () -> NOW, pause);
    }

    private static Alert alert() {
        var detail = new LinkedHashMap<String, String>();
        detail.put("eventType", "ProcessorInvocationFailure");
        detail.put("failureReason", "a \"b\"");
        return new Alert(TYPE, detail);
    }

    private double count(String sink, String outcome) {
        var counter = meters.find("bellframe.alerts").tag("sink", sink).tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    private void awaitCount(String sink, String outcome, int count) {
        await(() -> count(sink, outcome) == count);
    }

    private void awaitWaiting(int requests) {
        await(() -> webhook.waiting() == requests);
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
