package bellframe.outbound.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.names.Account;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.ClientsByRegion;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.kinesis.KinesisServer.Entry;
import bellframe.outbound.kinesis.KinesisServer.Put;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@Timeout(120)
class KinesisSinksTest {

    private static final String NAME = "chime-messaging-events";
    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/" + NAME;
    private static final String KEY = "arn:aws:chime:eu-central-1:123456789012:app-instance/a/channel/b";
    private static final String RECORD = "{\"EventType\":\"CREATE_CHANNEL_MESSAGE\",\"Payload\":{\"Content\":\"\u00e4\"}}";
    private static final Duration WHOLE = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES = CallLimits.STANDARD.answerBytes();
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), WHOLE,
            ANSWER_BYTES, 16, 64);
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(20),
            Duration.ofSeconds(30), ANSWER_BYTES, 16, 64);
    private static final String CBOR = "aws.cborEnabled";

    @AutoClose
    private final KinesisServer server = new KinesisServer("eu-central-1");

    @AfterEach
    void speakAsTheSdkDoes() {
        System.clearProperty(CBOR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordIsPutAsItIs(boolean cbor) throws Exception {
        System.setProperty(CBOR, Boolean.toString(cbor));
        try (var aws = new Aws(PATIENT)) {
            aws.put(RECORD);
        }
        assertThat(server.awaitPut()).isEqualTo(new Put(NAME, STREAM, List.of(new Entry(KEY, RECORD))));
        assertThat(server.waiting()).isZero();
    }

    @Test
    void recordsOfManyChannelsAreGatheredAndStayInOrder() throws Exception {
        int channels = 200;
        int each = 5;
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        server.reply((request, answering) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            KinesisServer.taken().to(request, answering);
            underWay.decrementAndGet();
        });
        try (var aws = new Aws(PATIENT); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int channel = 0; channel < channels; channel++) {
                String key = "channel-" + channel;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        aws.put(key, Integer.toString(i));
                    }
                    return true;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        int calls = server.waiting();
        assertThat(calls).isLessThan(channels * each / 2);
        assertThat(most.get()).isLessThanOrEqualTo(Gathering.CALLS_MAX);
        Map<String, List<String>> came = new HashMap<>();
        for (int i = 0; i < calls; i++) {
            server.awaitPut()
                    .entries()
                    .forEach(entry -> came.computeIfAbsent(entry.partitionKey(), _ -> new ArrayList<>())
                            .add(entry.data()));
        }
        assertThat(came).hasSize(channels);
        assertThat(came.values()).allSatisfy(data -> assertThat(data).containsExactly("0", "1", "2", "3", "4"));
    }

    @Test
    void eachRecordHasItsOwnOutcome() throws Exception {
        server.reply(KinesisServer.judged(key -> key.replaceFirst("-.*", "")));
        Map<String, String> reasons = Map.of(
                "ProvisionedThroughputExceededException",
                "the Kinesis stream refused the record: ProvisionedThroughputExceededException",
                "InternalFailure", "the Kinesis stream refused the record: InternalFailure",
                "what <someone> said", "the Kinesis stream refused the record",
                "", "");
        try (var aws = new Aws(PATIENT); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Boolean>> puts = new HashMap<>();
            for (String code : reasons.keySet()) {
                for (int i = 0; i < 20; i++) {
                    String key = code + "-" + i;
                    puts.put(key, threads.submit(() -> {
                        aws.put(key, RECORD);
                        return true;
                    }));
                }
            }
            puts.forEach((key, put) -> assertThat(reason(put)).isEqualTo(reasons.get(key.replaceFirst("-.*", ""))));
        }
    }

    @ParameterizedTest
    @CsvSource({
            "400, ResourceNotFoundException, Kinesis stream not found",
            "400, AccessDeniedException, no access to the Kinesis stream",
            "400, ProvisionedThroughputExceededException, 400 ProvisionedThroughputExceededException",
            "400, KMSThrottlingException, 400 KMSThrottlingException",
            "400, ValidationException, 400 ValidationException",
            "403, InvalidSignatureException, 403 InvalidSignatureException",
            "500, InternalFailure, 500 InternalFailure",
            "503, ServiceUnavailable, 503 ServiceUnavailable"})
    void noFailureOfAStreamIsForGood(int status, String code, String reason) throws Exception {
        server.reply(KinesisServer.error(status, code));
        DeliveryFailed failure = failure(PATIENT, RECORD);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.permanent()).isFalse();
        assertThat(server.waiting()).as("requests").isOne();
    }

    @Test
    void aRecordThatIsTooLargeIsForGood() throws Exception {
        String largest = "x".repeat(1024 * 1024 - KEY.length());
        try (var aws = new Aws(PATIENT)) {
            aws.put(largest);
        }
        assertThat(server.awaitPut().entries()).containsExactly(new Entry(KEY, largest));
        assertThat(failure(PATIENT, largest + "x").permanent()).isTrue();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void whatIsNotSaidIsNotKnown() throws Exception {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        ObjectNode half = JsonNodeFactory.instance.objectNode();
        half.putArray("Records").addObject().put("ShardId", "shardId-000000000001");
        for (ObjectNode answer : List.of(nothing, half)) {
            server.reply(KinesisServer.answer(answer));
            assertThat(failure(PATIENT, RECORD).reason())
                    .isEqualTo("the Kinesis stream did not say what became of the record");
        }
    }

    @Test
    void garbageIsNoSuccess() throws Exception {
        for (int status : new int[]{200, 500}) {
            server.reply(Reply.of(status, Map.of("Content-Type", "text/html"), "<html>secret content"));
            DeliveryFailed failure = failure(PATIENT, RECORD);
            assertThat(failure.permanent()).isFalse();
            assertThat(failure.reason()).doesNotContain("content");
        }
        server.reply(Reply.endless(200));
        assertThat(failure(PATIENT, RECORD).permanent()).isFalse();
    }

    @Test
    void silenceSlownessAndBrokenConnectionsEndWithinTheLimit() throws Exception {
        for (Reply reply : new Reply[]{Reply.never(), Reply.slowly(200), Reply.brokenOff()}) {
            server.reply(reply);
            long before = System.nanoTime();
            assertThat(failure(LIMITS, RECORD).permanent()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(WHOLE.plus(SLACK));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ACTIVE | 2 | KMS | ",
            "UPDATING | 40 | KMS | ",
            "CREATING | 2 | KMS | the Kinesis stream is CREATING",
            "DELETING | 2 | KMS | the Kinesis stream is DELETING",
            "what <someone> said | 2 | KMS | the Kinesis stream is not active",
            "ACTIVE | 1 | KMS | the Kinesis stream must have 2 open shards or more",
            "ACTIVE | 2 | NONE | the Kinesis stream must have server-side encryption"})
    void aStreamIsFitOrNot(String status, int openShards, String encryption, String problem) throws Exception {
        server.reply(KinesisServer.described(status, openShards, encryption));
        assertThat(fitness(PATIENT, STREAM))
                .isEqualTo(problem == null ? new Fitness.Fit() : new Fitness.Unfit(problem));
        assertThat(server.server().next().header("x-amz-target")).endsWith(".DescribeStreamSummary");
    }

    @Test
    void aStreamMayBeAbsentForbiddenOrUnknown() throws Exception {
        server.reply(KinesisServer.error(400, "ResourceNotFoundException"));
        assertThat(fitness(PATIENT, STREAM)).isEqualTo(new Fitness.Absent());
        server.reply(KinesisServer.error(400, "AccessDeniedException"));
        assertThat(fitness(PATIENT, STREAM)).isEqualTo(new Fitness.Forbidden());
        server.reply(KinesisServer.error(400, "LimitExceededException"));
        assertThat(fitness(PATIENT, STREAM)).isEqualTo(new Fitness.Unknown("400 LimitExceededException"));
        server.reply(KinesisServer.error(500, "InternalFailure"));
        assertThat(fitness(PATIENT, STREAM)).isEqualTo(new Fitness.Unknown("500 InternalFailure"));
        server.reply(KinesisServer.answer(JsonNodeFactory.instance.objectNode()));
        assertThat(fitness(PATIENT, STREAM)).isInstanceOf(Fitness.Unknown.class);
        server.reply(Reply.never());
        assertThat(fitness(LIMITS, STREAM)).isInstanceOf(Fitness.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chime-messaging-events", "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
            "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-",
            "arn:aws:kinesis:eu-central-1.evil.org/:123456789012:stream/chime-messaging-events",
            "arn:aws:kinesis:eu-central-1:evil.org/:stream/chime-messaging-events",
            "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-e/consumer/c:1",
            "arn:aws:firehose:eu-central-1:123456789012:stream/chime-messaging-events"})
    void whatIsNoStreamIsNotAsked(String arn) throws Exception {
        assertThat(fitness(PATIENT, arn)).isInstanceOf(Fitness.Unfit.class);
        try (var aws = new Aws(PATIENT)) {
            DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class,
                    () -> aws.sinks.put(arn, KEY, new byte[1]));
            assertThat(failure.permanent()).isFalse();
        }
        assertThat(server.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:kinesis:eu-central-1:210987654321:stream/chime-messaging-events",
            "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events"})
    void aStreamOfAnotherAccountOrRegionIsUnfitUnasked(String arn) throws Exception {
        assertThat(fitness(PATIENT, arn)).isEqualTo(
                new Fitness.Unfit("the Kinesis stream must be in the account and region of the app instance"));
        assertThat(server.waiting()).isZero();
    }

    @Test
    void regionsDoNotMakeClientsWithoutEnd() throws Exception {
        server.reply(KinesisServer.error(400, "AccessDeniedException"));
        try (var aws = new Aws(PATIENT)) {
            for (int i = 0; i < ClientsByRegion.REGIONS_MAX; i++) {
                String stream = STREAM.replace("central-1",
                        "x" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "-1");
                assertThat(catchThrowableOfType(DeliveryFailed.class,
                        () -> aws.sinks.put(stream, KEY, new byte[1])).reason())
                        .isEqualTo("Kinesis stream answered 400");
            }
            DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class, () -> aws.put(RECORD));
            assertThat(failure.reason()).isEqualTo("Kinesis streams in too many regions");
            assertThat(failure.permanent()).isFalse();
        }
    }

    /// The SDK chooses hosts by the account; without the hosts that [KinesisSinks] names nobody could be called.
    @Test
    void theHostsOfAwsAreThoseThatTheSdkCalls() throws Exception {
        try (var aws = new Aws(PATIENT, new AwsEndpoint.Regional())) {
            DeliveryFailed put = catchThrowableOfType(DeliveryFailed.class, () -> aws.put(RECORD));
            assertThat(put.reason()).isEqualTo("123456789012.data-kinesis.eu-central-1.amazonaws.com"
                    + " is not among the hosts that may be called");
            assertThat(aws.sinks.fitness(STREAM))
                    .isEqualTo(new Fitness.Unknown("123456789012.control-kinesis.eu-central-1.amazonaws.com"
                            + " is not among the hosts that may be called"));
        }
        assertThat(KinesisSinks.hosts(new AwsEndpoint.Regional())).containsExactlyInAnyOrder(
                "kinesis.*.amazonaws.com", "*.data-kinesis.*.amazonaws.com", "*.control-kinesis.*.amazonaws.com");
        assertThat(KinesisSinks.hosts(new AwsEndpoint.At(server.url()))).containsExactly("localhost");
    }

    private static String reason(Future<Boolean> put) {
        try {
            return put.get() ? "" : "not put";
        } catch (ExecutionException problem) {
            return problem.getCause() instanceof DeliveryFailed failure && !failure.permanent()
                    ? failure.reason()
                    : problem.toString();
        } catch (InterruptedException problem) {
            throw new AssertionError(problem);
        }
    }

    private DeliveryFailed failure(CallLimits limits, String record) throws IOException {
        try (var aws = new Aws(limits)) {
            return catchThrowableOfType(DeliveryFailed.class, () -> aws.put(record));
        }
    }

    private Fitness fitness(CallLimits limits, String arn) throws IOException {
        try (var aws = new Aws(limits)) {
            return aws.sinks.fitness(arn);
        }
    }

    /// All it takes to put records.
    private final class Aws implements AutoCloseable {

        private final Calls calls;
        private final AwsAccess access;
        private final KinesisSinks sinks;

        Aws(CallLimits limits) throws IOException {
            this(limits, new AwsEndpoint.At(server.url()));
        }

        Aws(CallLimits limits, AwsEndpoint endpoint) throws IOException {
            calls = new Calls(new CallRules(Set.of("localhost"), true, null, limits));
            access = new AwsAccess(calls, StaticCredentialsProvider
                    .create(AwsBasicCredentials.create(AwsServer.KEY_ID, AwsServer.SECRET)), InstantSource.system());
            sinks = new KinesisSinks(new FirstUse<>(() -> access), endpoint,
                    new Account("123456789012", "eu-central-1"));
        }

        void put(String record) throws DeliveryFailed {
            put(KEY, record);
        }

        void put(String key, String record) throws DeliveryFailed {
            sinks.put(STREAM, key, record.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            access.close();
            calls.close();
        }
    }
}
