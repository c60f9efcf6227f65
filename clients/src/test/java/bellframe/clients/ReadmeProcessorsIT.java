package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The processors of README.md, between somebody who posts events and somebody who takes callbacks.
class ReadmeProcessorsIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool CURL = RequiredTool.program("curl", "install it");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OTHER_SECRET = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=";
    private static final String CHANNEL = "arn:aws:chime:us-east-1:123456789012:app-instance/app/channel/general";
    private static final String EVENT = """
            {"EventType": "CHANNEL_MESSAGE_EVENT", "CallbackId": "5f0c5f0c-5f0c-5f0c-5f0c-5f0c5f0c5f0c", "ChannelMessage": {
              "MessageId": "one", "ChannelArn": "%s", "Content": "Heck, heckler: grüße, DARN 👋"}}"""
            .formatted(CHANNEL);

    @TempDir
    private Path folder;

    /// In place of the server.
    @AutoClose
    private final TestReceiver messaging = new TestReceiver();

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    private @Nullable Process process;
    private int port;

    @AfterEach
    void end() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignedEventIsCalledBackRedacted(ReadmeProcessor processor) throws Exception {
        start(processor);
        messaging.reply(Reply.of(200, Map.of("Content-Type", "application/json"), "{}"));

        String now = now();
        assertThat(post("msg_1", now, EVENT, signature(SECRET, "msg_1", now, EVENT))).isEqualTo(204);

        Received callback = messaging.await();
        assertThat(callback.method()).isEqualTo("POST");
        assertThat(callback.rawQuery()).isEqualTo("operation=channel-flow-callback");
        JsonNode body = JavaScriptSdk.JSON.readTree(callback.body());
        assertThat(body.get("CallbackId").asText()).isEqualTo("5f0c5f0c-5f0c-5f0c-5f0c-5f0c5f0c5f0c");
        assertThat(body.at("/ChannelMessage/MessageId").asText()).isEqualTo("one");
        assertThat(body.at("/ChannelMessage/Content").asText()).isEqualTo("****, heckler: grüße, **** 👋");
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatCameBeforeIsTaken(ReadmeProcessor processor) throws Exception {
        start(processor);
        messaging.reply(Reply.of(409, Map.of("Content-Type", "application/json", "x-amzn-ErrorType",
                "ConflictException"), "{\"Code\": \"Conflict\", \"Message\": \"The callback was made before.\"}"));

        String now = now();
        String signatures = signature(OTHER_SECRET, "msg_1", now, EVENT) + " "
                + signature(SECRET, "msg_1", now, EVENT);
        assertThat(post("msg_1", now, EVENT, signatures)).isEqualTo(204);

        assertThat(messaging.waiting()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSignedIsRefused(ReadmeProcessor processor) throws Exception {
        start(processor);
        String now = now();
        String signature = signature(SECRET, "msg_1", now, EVENT);

        assertThat(post("msg_1", now, EVENT, "")).isEqualTo(401);
        assertThat(post("msg_1", now, EVENT, signature.replace("v1,", "v1,A"))).isEqualTo(401);
        assertThat(post("msg_1", now, EVENT, signature(OTHER_SECRET, "msg_1", now, EVENT))).isEqualTo(401);
        assertThat(post("msg_2", now, EVENT, signature)).isEqualTo(401);
        assertThat(post("msg_1", now, EVENT.replace("Heck", "Hack"), signature)).isEqualTo(401);
        for (Duration wrong : List.of(Duration.ofMinutes(-6), Duration.ofMinutes(6))) {
            String then = Long.toString(Instant.now().plus(wrong).getEpochSecond());
            assertThat(post("msg_1", then, EVENT, signature)).isEqualTo(401);
            assertThat(post("msg_1", then, EVENT, signature(SECRET, "msg_1", then, EVENT))).isEqualTo(401);
        }
        assertThat(http.send(request().build(), BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        assertThat(messaging.waiting()).isZero();
    }

    private void start(ReadmeProcessor processor) throws IOException {
        processor.require();
        Readme.linkModules(folder);
        port = ReadmeProcessor.freePort();
        String commands = Readme.read().between("## Channel flows\n", "## ").script(processor::isIn);
        String ready = """
                curl --silent --retry 30 --retry-delay 1 --retry-connrefused --output answer http://127.0.0.1:%d/
                echo ready
                wait
                """.formatted(port);
        process = new Command(folder, variables(),
                List.of("sh", "-e", "-c", ReadmeProcessor.at(port, commands) + ready))
                .builder()
                .redirectError(Redirect.INHERIT)
                .start();
        OutputLines.of(process.inputReader(StandardCharsets.UTF_8))
                .await("that it listens", "ready"::equals,
                        START_LIMIT);
    }

    private Map<String, String> variables() {
        return Map.of("AWS_ENDPOINT_URL", messaging.url().toString(), "AWS_REGION", "us-east-1", "AWS_DEFAULT_REGION",
                "us-east-1", "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST", "AWS_SECRET_ACCESS_KEY", "of-tests-only",
                "WEBHOOK_SECRET", "whsec_" + SECRET);
    }

    private int post(String id, String timestamp, String body, String signatures)
            throws IOException, InterruptedException {
        HttpRequest request = request().POST(BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signatures)
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(START_LIMIT)
                .POST(BodyPublishers.ofString(EVENT));
    }

    private static String now() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    private static String signature(String secret, String id, String timestamp, String body)
            throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        byte[] signed = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(signed);
    }
}
