package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.storage.FaultyStorage.Reads;
import bellframe.storage.FaultyStorage.Submits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.BadRequestException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChimeSdkMessagingException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ListChannelMessagesRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.ServiceFailureException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ServiceUnavailableException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ThrottledClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.UnauthorizedClientException;

/// Every error of SendChannelMessage as the SDK sees it, and those that come before any operation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsIT {

    private static final String REQUEST_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final long GIB = 1L << 30;

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    @TempDir
    Path temporary;

    private SdkClients clients;
    private String ada;
    private String channel;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        ada = clients.user("ada");
        channel = clients.channel(ada);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void refusalsOfTheCallerAreTyped() {
        String outsider = clients.user("outsider");
        String token = UUID.randomUUID().toString();
        var request = SdkClients.message(ada, channel, "x").clientRequestToken(token).build();
        clients.messaging().sendChannelMessage(request);

        assertError(BadRequestException.class, 400, sending(request.toBuilder().content("x".repeat(4097)).build()));
        assertError(UnauthorizedClientException.class, 401, sending(request.toBuilder().chimeBearer("x").build()));
        assertError(ForbiddenException.class, 403, sending(request.toBuilder().chimeBearer(outsider).build()));
        assertError(ConflictException.class, 409, sending(request.toBuilder().content("y").build()));
    }

    @Test
    @Timeout(60)
    void oneRequestTooManyInFlightIsThrottled() {
        try (var faulty = new FaultyServer(temporary.resolve("throttled"),
                Map.of("BELLFRAME_REQUESTS_IN_FLIGHT_MAX", "1"))) {
            SdkClients here = faulty.clients();
            String sender = here.user("sender");
            String where = here.channel(sender);
            faulty.storage().setSubmits(Submits.HOLD);
            var held = CompletableFuture.supplyAsync(() -> here.send(sender, where, "slow"));
            while (faulty.storage().heldSubmits() == 0) {
                Thread.onSpinWait();
            }

            assertError(ThrottledClientException.class, 429, () -> here.send(sender, where, "too many"));

            faulty.storage().setSubmits(Submits.PASS);
            String first = held.join();
            String second = here.send(sender, where, "in time");
            assertThat(messageIds(here.messaging(), sender, where)).containsExactly(second, first);
        }
    }

    @Test
    void aFullDiskRefusesWritesLosesNothingAndComesBack() throws IOException {
        try (var full = new RunningServer()) {
            full.start();
            SdkClients before = SdkClients.of(full);
            String sender = before.user("sender");
            String where = before.channel(sender);
            String id = before.send(sender, where, "kept");

            long free = Files.getFileStore(full.dataFolder()).getUsableSpace();
            full.with("BELLFRAME_FREE_SPACE_RESERVE_BYTES", free / GIB + 64 + "GiB").restart();
            try (before; SdkClients whileFull = before.at(full.port())) {
                assertError(ServiceUnavailableException.class, 503, () -> whileFull.send(sender, where, "refused"));
                assertThat(messageIds(whileFull.messaging(), sender, where)).containsExactly(id);
            }

            full.with("BELLFRAME_FREE_SPACE_RESERVE_BYTES", "1MiB").restart();
            try (SdkClients after = before.at(full.port())) {
                String next = after.send(sender, where, "taken");
                assertThat(messageIds(after.messaging(), sender, where)).containsExactly(next, id);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Submits.class, names = {"FAIL_UNWRITTEN", "FAIL_WRITTEN"})
    void aStoreThatFailsIsAServiceFailureUntilItWorksAgain(Submits failing) {
        try (var faulty = new FaultyServer(temporary.resolve(failing.name()), Map.of())) {
            SdkClients here = faulty.clients();
            String sender = here.user("sender");
            String where = here.channel(sender);
            var request = SdkClients.message(sender, where, "at last")
                    .clientRequestToken(UUID.randomUUID().toString())
                    .build();

            faulty.storage().setSubmits(failing);
            assertError(ServiceFailureException.class, 500, () -> here.messaging().sendChannelMessage(request));
            HttpResponse<String> raw = here.signedRequests()
                    .send(SdkHttpMethod.POST, SignedRequests.channelPath(where) + "/messages",
                            Map.of("x-amz-chime-bearer", sender), body("raw"));
            faulty.storage().setSubmits(Submits.PASS);

            assertThat(raw.statusCode()).isEqualTo(500);
            assertThat(raw.body()).isEqualTo("{\"Code\":\"ServiceFailure\",\"Message\":\"The service failed.\"}");
            assertThat(raw.headers().map().toString()).doesNotContainIgnoringCase("storage")
                    .doesNotContain("test said");
            String id = here.messaging().sendChannelMessage(request).messageId();
            assertThat(messageIds(here.messaging(), sender, where)).containsOnlyOnce(id);
        }
    }

    @Test
    void aStoreThatCannotBeReadIsAServiceFailureUntilItCan() {
        try (var faulty = new FaultyServer(temporary.resolve("unreadable"), Map.of())) {
            SdkClients here = faulty.clients();
            String sender = here.user("sender");
            String where = here.channel(sender);
            String id = here.send(sender, where, "readable");

            faulty.storage().setReads(Reads.FAIL);
            assertError(ServiceFailureException.class, 500, () -> messageIds(here.messaging(), sender, where));
            faulty.storage().setReads(Reads.PASS);

            assertThat(messageIds(here.messaging(), sender, where)).containsExactly(id);
        }
    }

    @Test
    void aStoreThatTakesNothingIsUnavailable() {
        try (var faulty = new FaultyServer(temporary.resolve("unavailable"), Map.of())) {
            SdkClients here = faulty.clients();
            String sender = here.user("sender");
            String where = here.channel(sender);

            faulty.storage().setSubmits(Submits.UNAVAILABLE);
            assertError(ServiceUnavailableException.class, 503, () -> here.send(sender, where, "refused"));
            faulty.storage().setSubmits(Submits.PASS);

            String id = here.send(sender, where, "taken");
            assertThat(messageIds(here.messaging(), sender, where)).containsExactly(id);
        }
    }

    @Test
    void anUnknownOperationIsNotFound() {
        for (String path : List.of("/", "/nothing", "/channels/", "/channels//messages", "/channels/a/b/c/d")) {
            HttpResponse<String> answer = clients.signedRequests().send(SdkHttpMethod.GET, path, Map.of(), "");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("UnknownOperationException");
            assertThat(answer.headers().firstValue("x-amzn-RequestId")).get().asString().matches(REQUEST_ID);
            assertThat(answer.body()).startsWith("{\"Message\":");
        }
    }

    @Test
    void aWrongSecretIsASignatureError() {
        try (SdkClients wrong = clients.withSecret("0".repeat(40))) {
            AwsServiceException error = catchThrowableOfType(AwsServiceException.class,
                    () -> wrong.send(ada, channel, "forged"));

            assertThat(error.statusCode()).isEqualTo(403);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
            assertThat(error.requestId()).matches(REQUEST_ID);
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> wrong.identity().listAppInstances(list -> list.maxResults(1)))
                    .satisfies(identity -> assertThat(identity.awsErrorDetails().errorCode())
                            .isEqualTo("InvalidSignatureException"));
        }
    }

    @Test
    void successesCarryARequestIdToo() {
        var answer = clients.messaging().sendChannelMessage(SdkClients.message(ada, channel, "x").build());

        assertThat(answer.responseMetadata().requestId()).matches(REQUEST_ID);
        assertThat(answer.sdkHttpResponse().firstMatchingHeader("Date")).isPresent();
    }

    private ThrowingCallable sending(SendChannelMessageRequest request) {
        return () -> clients.messaging().sendChannelMessage(request);
    }

    private static void assertError(Class<? extends ChimeSdkMessagingException> type, int status,
            ThrowingCallable call) {
        assertThatExceptionOfType(type).isThrownBy(call).satisfies(error -> {
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(type.getSimpleName());
            assertThat(error.requestId()).matches(REQUEST_ID);
            assertThat(error.isThrottlingException()).isEqualTo(status == 429);
        });
    }

    /// Newest first.
    private static List<String> messageIds(ChimeSdkMessagingClient messaging, String bearer, String arn) {
        return messaging.listChannelMessages(
                ListChannelMessagesRequest.builder().channelArn(arn).chimeBearer(bearer).build())
                .channelMessages()
                .stream()
                .map(message -> message.messageId())
                .toList();
    }

    private static String body(String content) {
        return """
                {"Content":"%s","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"%s"}"""
                .formatted(content, UUID.randomUUID());
    }
}
