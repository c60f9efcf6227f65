package bellframe.outbound.kinesis;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.AwsService;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Speaks PutRecords and DescribeStreamSummary of Kinesis, in CBOR and in JSON, on a free port of this machine.
public final class KinesisServer implements AwsService {

    /// A record that was put.
    public record Entry(String partitionKey, String data) {
    }

    /// A call of PutRecords.
    public record Put(String streamName, String streamArn, List<Entry> entries) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();
    private static final String PUT = "Kinesis_20131202.PutRecords";
    private static final String DESCRIBE = "Kinesis_20131202.DescribeStreamSummary";
    private static final int RECORD_BYTES_MAX = 1024 * 1024;
    private static final int CALL_BYTES_MAX = 5 * 1024 * 1024;
    private static final int RECORDS_MAX = 500;
    private static final int KEY_CHARACTERS_MAX = 256;

    private final String region;
    private final AwsServer server;

    /// @param region whose streams it has
    public KinesisServer(String region) {
        this.region = region;
        this.server = new AwsServer(this::fault, taken());
    }

    @Override
    public AwsServer server() {
        return server;
    }

    public static Reply taken() {
        return judged(_ -> "");
    }

    /// Each record is taken or not, by its partition key.
    ///
    /// @param code the error code; empty if it is taken
    public static Reply judged(Function<String, String> code) {
        return judgedEach(entry -> code.apply(entry.partitionKey()));
    }

    /// Each record is taken or not.
    ///
    /// @param code the error code; empty if it is taken
    public static Reply judgedEach(Function<Entry, String> code) {
        return (request, answering) -> {
            ObjectNode answer = JSON.createObjectNode();
            var results = answer.putArray("Records");
            int failed = 0;
            for (Entry entry : put(request).entries()) {
                String refusal = code.apply(entry);
                if (refusal.isEmpty()) {
                    results.addObject().put("SequenceNumber", "4954").put("ShardId", "shardId-000000000001");
                } else {
                    results.addObject().put("ErrorCode", refusal).put("ErrorMessage", "said by the test");
                    failed++;
                }
            }
            answer.put("FailedRecordCount", failed);
            send(request, answering, 200, answer);
        };
    }

    public static Reply answer(ObjectNode answer) {
        return (request, answering) -> send(request, answering, 200, answer);
    }

    public static Reply error(int status, String code) {
        return (request, answering) -> send(request, answering, status,
                JSON.createObjectNode().put("__type", code).put("message", "said by the test"));
    }

    /// A stream as DescribeStreamSummary tells it.
    public static Reply described(String status, int openShards, String encryption) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("StreamDescriptionSummary")
                .put("StreamName", "chime-messaging-events")
                .put("StreamStatus", status)
                .put("OpenShardCount", openShards)
                .put("EncryptionType", encryption)
                .put("KeyId", "alias/aws/kinesis")
                .put("RetentionPeriodHours", 24)
                .put("StreamCreationTimestamp", 1_700_000_000_000L);
        return answer(answer);
    }

    /// Whether somebody asks for the state of a stream.
    public static boolean isDescription(Received request) {
        return request.header("x-amz-target").equals(DESCRIBE);
    }

    /// The next call of PutRecords that nobody took yet.
    public Put awaitPut() throws InterruptedException {
        return put(server.next());
    }

    private static void send(Received request, Answering answering, int status, JsonNode answer) throws IOException {
        answering.send(status, Map.of("Content-Type", request.header("content-type")),
                mapper(request).writeValueAsBytes(answer));
    }

    private @Nullable String fault(Received request) {
        String type = request.header("content-type");
        String target = request.header("x-amz-target");
        if (!request.method().equals("POST") || !request.rawPath().equals("/")
                || !Set.of("application/x-amz-cbor-1.1", "application/x-amz-json-1.1").contains(type)) {
            return "no call of Kinesis: " + request.method() + " " + request.rawPath() + " " + type;
        }
        JsonNode body = read(request);
        String fault = switch (target) {
            case PUT -> recordsFault(body);
            case DESCRIBE -> fields(body).equals(Set.of("StreamName", "StreamARN")) ? null : "fields " + fields(body);
            default -> "unknown operation " + target;
        };
        if (!body.path("StreamARN").asText().endsWith(":stream/" + body.path("StreamName").asText())) {
            return "two streams: " + body.path("StreamARN").asText() + " and " + body.path("StreamName").asText();
        }
        return fault == null ? AwsServer.signatureFault(request, "kinesis", region) : fault;
    }

    private static @Nullable String recordsFault(JsonNode body) {
        if (!fields(body).equals(Set.of("StreamName", "StreamARN", "Records"))) {
            return "fields " + fields(body);
        }
        JsonNode records = body.path("Records");
        if (records.isEmpty() || records.size() > RECORDS_MAX) {
            return records.size() + " records";
        }
        int sum = 0;
        for (JsonNode record : records) {
            int bytes = data(record).length
                    + record.path("PartitionKey").asText().getBytes(StandardCharsets.UTF_8).length;
            int key = record.path("PartitionKey").asText().length();
            if (!fields(record).equals(Set.of("Data", "PartitionKey")) || bytes > RECORD_BYTES_MAX || key == 0
                    || key > KEY_CHARACTERS_MAX) {
                return "a record of " + bytes + " bytes, with " + fields(record);
            }
            sum += bytes;
        }
        return sum > CALL_BYTES_MAX ? sum + " bytes" : null;
    }

    private static Put put(Received request) {
        JsonNode body = read(request);
        var entries = new ArrayList<Entry>();
        for (JsonNode record : body.path("Records")) {
            entries.add(new Entry(record.path("PartitionKey").asText(),
                    new String(data(record), StandardCharsets.UTF_8)));
        }
        return new Put(body.path("StreamName").asText(), body.path("StreamARN").asText(), entries);
    }

    /// Bytes in CBOR, Base64 in JSON.
    private static byte[] data(JsonNode record) {
        try {
            byte[] data = record.path("Data").binaryValue();
            return data == null ? new byte[0] : data;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Set<String> fields(JsonNode node) {
        var names = new HashSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(Received request) {
        try {
            return mapper(request).readTree(request.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static ObjectMapper mapper(Received request) {
        return request.header("content-type").contains("cbor") ? CBOR : JSON;
    }
}
