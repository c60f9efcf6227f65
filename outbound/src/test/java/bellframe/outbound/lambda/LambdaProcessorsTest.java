package bellframe.outbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.ClientsByRegion;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class LambdaProcessorsTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:words";
    private static final AppInstanceArn APP_INSTANCE = new AppInstanceArn(new Account("123456789012", "eu-central-1"),
            "app");
    private static final String EVENT = "{\"EventType\":\"CHANNEL_MESSAGE_EVENT\",\"CallbackId\":\"\u00e4\"}";
    private static final Duration WHOLE = Duration.ofSeconds(2);
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), WHOLE, 2_000,
            16, 64);
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), 2_000, 16, 64);
    /// What a busy machine, and the first use of the SDK, may add.
    private static final Duration SLACK = Duration.ofSeconds(10);

    @AutoClose
    private final LambdaServer server = new LambdaServer();

    @ParameterizedTest
    @ValueSource(strings = {FUNCTION, FUNCTION + ":$LATEST", FUNCTION + ":blue",
            "arn:aws:lambda:us-east-1:123456789012:function:a.b_c-d"})
    void aFunctionIsInvokedAsynchronouslyWithTheEventAsItIs(String function) throws Exception {
        try (var aws = new Aws(server.url(), PATIENT, true)) {
            aws.processors.invoke(function, APP_INSTANCE, EVENT.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(server.awaitInvocation()).isEqualTo(new LambdaServer.Invocation(function, EVENT));
    }

    @ParameterizedTest
    @CsvSource({
            "404, ResourceNotFoundException, Lambda function not found",
            "403, AccessDeniedException, no access to the Lambda function",
            "400, InvalidParameterValueException, 400 InvalidParameterValueException",
            "400, InvalidRequestContentException, 400 InvalidRequestContentException",
            "413, RequestTooLargeException, 413 RequestTooLargeException",
            "415, UnsupportedMediaTypeException, 415 UnsupportedMediaTypeException",
            "403, InvalidSignatureException, 403 InvalidSignatureException",
            "403, UnrecognizedClientException, 403 UnrecognizedClientException",
            "409, ResourceConflictException, 409 ResourceConflictException",
            "502, KMSAccessDeniedException, 502 KMSAccessDeniedException",
            "502, KMSDisabledException, 502 KMSDisabledException",
            "502, InvalidZipFileException, 502 InvalidZipFileException",
            "418, what the user <said>, Lambda function answered 418"})
    void someFailuresAreForGood(int status, String code, String reason) throws Exception {
        server.reply(LambdaServer.error(status, code));
        DeliveryFailed problem = failure();
        assertThat(problem.reason()).isEqualTo(reason.contains("418") ? problem.reason() : reason);
        assertThat(problem.reason()).doesNotContain("said");
        assertThat(problem.permanent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "500, ServiceException",
            "502, ENILimitReachedException",
            "503, ServiceUnavailable",
            "504, SomethingNew",
            "408, RequestTimeout"})
    void othersPass(int status, String code) throws Exception {
        server.reply(LambdaServer.error(status, code));
        DeliveryFailed problem = failure();
        assertThat(problem.reason()).isEqualTo(status + " " + code);
        assertThat(problem.permanent()).isFalse();
        assertThat(problem.retryAfter()).isNull();
        assertThat(server.waiting()).as("requests").isOne();
    }

    @Test
    void aThrottledCallSaysHowLongToWait() throws Exception {
        server.reply(LambdaServer.error(429, "TooManyRequestsException", Map.of("Retry-After", "7")));
        DeliveryFailed problem = failure();
        assertThat(problem.reason()).isEqualTo("429 TooManyRequestsException");
        assertThat(problem.permanent()).isFalse();
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(server.waiting()).as("requests").isOne();
    }

    @Test
    void garbageWithAFailureIsThatFailure() throws Exception {
        server.reply(Reply.of(500, Map.of("Content-Type", "text/html"), "<html>secret content"));
        DeliveryFailed problem = failure();
        assertThat(problem.permanent()).isFalse();
        assertThat(problem.reason()).contains("500").doesNotContain("content");
    }

    @Test
    void garbageWithASuccessIsASuccess() throws Exception {
        server.reply(Reply.of(202, Map.of("Content-Type", "text/html"), "<html>"));
        invoke(PATIENT);
        server.awaitInvocation();
    }

    @Test
    void aRedirectIsForGood() throws Exception {
        server.reply(Reply.of(307, Map.of("Location", server.url() + "/elsewhere"), ""));
        DeliveryFailed problem = failure();
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("Lambda function answered 307");
        server.awaitInvocation();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        server.reply(Reply.endless(202));
        invoke(PATIENT);
        server.reply(Reply.endless(500));
        assertThat(failure().permanent()).isFalse();
    }

    @Test
    void silenceAndSlownessEndWithinTheLimit() {
        for (Reply reply : new Reply[]{Reply.never(), Reply.slowly(202), Reply.slowly(500)}) {
            server.reply(reply);
            long before = System.nanoTime();
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> invoke(LIMITS));
            assertThat(problem.permanent()).isFalse();
            assertThat(problem.reason()).startsWith("localhost took");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(WHOLE.plus(SLACK));
        }
    }

    @Test
    void aServerThatIsDownMayComeBack() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        DeliveryFailed problem = failureAt(URI.create("http://localhost:" + port), true);
        assertThat(problem.permanent()).isFalse();
        assertThat(problem.reason()).isEqualTo("localhost takes no connections");
    }

    @Test
    void aPrivateAddressIsRefusedForGood() {
        DeliveryFailed problem = failureAt(URI.create("https://localhost:1"), false);
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("localhost has an address that may not be called");
    }

    @Test
    void withoutCredentialsNobodyIsCalled() throws Exception {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("looked everywhere");
        };
        try (var aws = new Aws(server.url(), PATIENT, true, none)) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> aws.invoke(FUNCTION));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("no AWS credentials were found");
        }
        assertThat(server.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "words", "arn:aws:lambda:eu-central-1:123456789012:function:",
            "arn:aws:lambda:eu-central-1.evil.org/:123456789012:function:words",
            "arn:aws:sqs:eu-central-1:123456789012:function:words"})
    void whateverIsNoFunctionFailsForGood(String arn) throws Exception {
        try (var aws = new Aws(server.url(), PATIENT, true)) {
            assertThat(catchThrowableOfType(DeliveryFailed.class, () -> aws.invoke(arn)).permanent()).isTrue();
        }
        assertThat(server.waiting()).isZero();
    }

    @Test
    void regionsDoNotMakeClientsWithoutEnd() throws Exception {
        try (var aws = new Aws(server.url(), PATIENT, true)) {
            for (int i = 0; i < ClientsByRegion.REGIONS_MAX; i++) {
                aws.invoke(FUNCTION.replace("central-1", "x" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "-1"));
            }
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> aws.invoke(FUNCTION));
            assertThat(problem.reason()).isEqualTo("functions in too many regions");
        }
    }

    private DeliveryFailed failure() throws IOException {
        return failureAt(server.url(), true);
    }

    private static DeliveryFailed failureAt(URI address, boolean privateAddresses) {
        return catchThrowableOfType(DeliveryFailed.class, () -> {
            try (var aws = new Aws(address, PATIENT, privateAddresses)) {
                aws.invoke(FUNCTION);
            }
        });
    }

    private void invoke(CallLimits limits) throws IOException, DeliveryFailed {
        try (var aws = new Aws(server.url(), limits, true)) {
            aws.invoke(FUNCTION);
        }
    }

    /// All it takes to invoke a function.
    private static final class Aws implements AutoCloseable {

        private final Calls calls;
        private final AwsAccess access;
        private final LambdaProcessors processors;

        Aws(URI address, CallLimits limits, boolean privateAddresses) throws IOException {
            this(address, limits, privateAddresses, StaticCredentialsProvider
                    .create(AwsBasicCredentials.create(AwsServer.KEY_ID, AwsServer.SECRET)));
        }

        Aws(URI address, CallLimits limits, boolean privateAddresses, AwsCredentialsProvider credentials)
                throws IOException {
            calls = new Calls(new CallRules(Set.of("localhost"), privateAddresses, null, limits));
            access = new AwsAccess(calls, credentials, InstantSource.system());
            processors = new LambdaProcessors(new FirstUse<>(() -> access), new AwsEndpoint.At(address));
        }

        void invoke(String function) throws DeliveryFailed {
            processors.invoke(function, APP_INSTANCE, EVENT.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            access.close();
            calls.close();
        }
    }
}
