package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.storage.FaultyStorage.Reads;
import bellframe.storage.FaultyStorage.Submits;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.chimesdkmessaging.model.BadRequestException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChimeSdkMessagingException;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;

/// What the log says at its most talkative, and what it must never say. No secrets and no signatures: that is looked for
/// whenever a [RunningServer] ends.
class LogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /// Part of everything that is somebody's and none of the log's business.
    private static final String PRIVATE = "Quetzalcoatlus";
    private static final Pattern SIGNATURE = Pattern.compile("(?i)signature=[0-9a-f]{16}");

    @TempDir
    Path temporary;

    @Test
    void linesOfRequestsCarryTheirIdAndNothingPrivate() {
        try (var server = new RunningServer().with("BELLFRAME_LOG_LEVEL", "trace")) {
            server.start();
            try (var clients = SdkClients.of(server)) {
                String bearer = clients.user("somebody");
                clients.identity()
                        .updateAppInstanceUser(update -> update.appInstanceUserArn(bearer)
                                .name(PRIVATE)
                                .metadata(PRIVATE + " metadata"));
                String channel = clients.channel(bearer);
                var sent = clients.messaging()
                        .sendChannelMessage(SdkClients.message(bearer, channel, PRIVATE + " content")
                                .metadata(PRIVATE + " metadata")
                                .messageAttributes(Map.of(PRIVATE,
                                        MessageAttributeValue.builder().stringValues(PRIVATE + " value").build()))
                                .pushNotification(push -> push.title(PRIVATE + " title").body(PRIVATE + " body"))
                                .build());
                misbehave(clients, server, bearer, channel);

                assertThat(server.log()).doesNotContain(PRIVATE);
                assertRequestsAreNamed(server, sent.responseMetadata().requestId(), "SendChannelMessage 201 in ");
            }
        }
    }

    /// Requests that are refused, each for another reason, with something private wherever a client may put it.
    private static void misbehave(SdkClients clients, RunningServer server, String bearer, String channel) {
        SignedRequests requests = clients.signedRequests();
        Map<String, String> headers = Map.of("x-amz-chime-bearer", bearer, "x-amz-security-token", PRIVATE);
        String path = SignedRequests.channelPath(channel) + "/messages";
        requests.send(SdkHttpMethod.POST, path, headers, "{\"Content\":\"" + PRIVATE + "\"");
        Map<String, String> bearerOnly = Map.of("x-amz-chime-bearer", bearer);
        requests.send(SdkHttpMethod.POST, path, bearerOnly, "{\"Content\":\"" + PRIVATE + "\"");
        requests.send(SdkHttpMethod.POST, path, bearerOnly, "{\"Content\":[\"" + PRIVATE + "\"]}");
        requests.send(SdkHttpMethod.POST, path, Map.of("x-amz-chime-bearer", PRIVATE), "{}");
        requests.withSecret(PRIVATE).send(SdkHttpMethod.GET, path, bearerOnly, "");
        requests.send(SdkHttpMethod.GET, path + "?next-token=" + PRIVATE, bearerOnly, "");
        requests.send(SdkHttpMethod.GET, "/" + PRIVATE, Map.of(), "");
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> clients.send(bearer, channel, PRIVATE.repeat(1_000)));
        URI socket = URI.create("ws://localhost:" + server.port());
        for (String user : List.of(bearer, bearer + PRIVATE)) {
            URI url = requests.connect(socket, Map.of("sessionId", PRIVATE, "userArn", user), Instant.now(),
                    Duration.ofMinutes(1));
            try (var session = LiveSession.open(url, null)) {
                if (user.equals(bearer)) {
                    assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
                    clients.send(bearer, channel, PRIVATE + " live");
                    assertThat(session.next().payloadText()).contains(PRIVATE);
                } else {
                    assertThat(session.closeCode()).isEqualTo(4003);
                }
            }
        }
    }

    private static void assertRequestsAreNamed(RunningServer server, String requestId, String message) {
        List<JsonNode> lines = server.log().lines().map(LogIT::parse).toList();
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.at("/mdc/requestId").asText()).isEqualTo(requestId);
            assertThat(line.path("formattedMessage").asText()).startsWith(message);
        });
        assertThat(lines).filteredOn(line -> line.path("threadName").asText().startsWith("request-"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.at("/mdc/requestId").asText()).as(line.toString()).hasSize(36));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void aFailureIsLoggedWithItsCauseUnderTheRequestIdAndWithoutTheInput() {
        try (var log = new CapturedLog(); var server = new FaultyServer(temporary.resolve("failing"), Map.of())) {
            SdkClients clients = server.clients();
            String sender = clients.user("sender");
            String channel = clients.channel(sender);
            server.storage().setSubmits(Submits.FAIL_UNWRITTEN);
            var failed = catchThrowableOfType(ChimeSdkMessagingException.class,
                    () -> clients.send(sender, channel, PRIVATE));
            server.storage().setSubmits(Submits.PASS);
            server.storage().setReads(Reads.FAIL);
            HttpResponse<String> unread = clients.signedRequests()
                    .send(SdkHttpMethod.GET, SignedRequests.channelPath(channel) + "/messages",
                            Map.of("x-amz-chime-bearer", sender), "");
            server.storage().setReads(Reads.PASS);

            for (String id : List.of(failed.requestId(),
                    unread.headers().firstValue("x-amzn-RequestId").orElseThrow())) {
                assertThat(log.events()).anySatisfy(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                    assertThat(event.getMDCPropertyMap()).containsEntry("requestId", id);
                    assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).contains("StorageFailure");
                });
            }
            assertThat(log.text()).doesNotContain(PRIVATE).doesNotContainPattern(SIGNATURE);
        }
    }

    @Test
    void aSlowOperationIsLoggedWithItsTime() {
        try (var log = new CapturedLog();
                var server = new FaultyServer(temporary.resolve("slow"), Map.of("BELLFRAME_SLOW_OPERATION", "300ms"))) {
            SdkClients clients = server.clients();
            String sender = clients.user("sender");
            String channel = clients.channel(sender);
            server.storage().setSubmits(Submits.HOLD);
            long start = System.nanoTime();
            var held = CompletableFuture.supplyAsync(() -> clients.messaging()
                    .sendChannelMessage(SdkClients.message(sender, channel, PRIVATE).build()));
            while (server.storage().heldSubmits() == 0) {
                start = System.nanoTime();
            }
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(350)) {
                Thread.onSpinWait();
            }
            server.storage().setSubmits(Submits.PASS);
            String id = held.join().responseMetadata().requestId();

            assertThat(log.events()).anySatisfy(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getMDCPropertyMap()).containsEntry("requestId", id);
                assertThat(event.getFormattedMessage()).matches("slow: SendChannelMessage 201 in [3-9]\\d{2,4} ms");
            });
        }
    }
}
