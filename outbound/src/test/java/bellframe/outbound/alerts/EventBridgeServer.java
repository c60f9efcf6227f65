package bellframe.outbound.alerts;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.AwsService;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Speaks PutEvents of EventBridge on a free port of this machine.
public final class EventBridgeServer implements AwsService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/x-amz-json-1.1");

    private final String region;
    private final AwsServer server;

    /// @param region whose bus it has
    public EventBridgeServer(String region) {
        this.region = region;
        this.server = new AwsServer(this::fault, taken());
    }

    @Override
    public AwsServer server() {
        return server;
    }

    public static Reply taken() {
        return Reply.of(200, HEADERS,
                "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"11710aed-b79e-4468-a20b-bb3c0c3b4860\"}]}");
    }

    /// The request is taken, its entry is not.
    public static Reply refused(String code) {
        return Reply.of(200, HEADERS, "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"" + code
                + "\",\"ErrorMessage\":\"said by the test\"}]}");
    }

    public static Reply error(int status, String code) {
        return Reply.of(status, HEADERS, "{\"__type\":\"" + code + "\",\"message\":\"said by the test\"}");
    }

    /// The entry of the next request that nobody took yet.
    public JsonNode awaitEntry() throws InterruptedException {
        return read(server.next()).path("Entries").path(0);
    }

    private @Nullable String fault(Received request) {
        if (!request.method().equals("POST") || !request.rawPath().equals("/")
                || !request.header("x-amz-target").equals("AWSEvents.PutEvents")
                || !request.header("content-type").equals("application/x-amz-json-1.1")) {
            return "no PutEvents: " + request.rawPath() + " " + request.header("x-amz-target");
        }
        if (read(request).path("Entries").size() != 1) {
            return "not one entry: " + request.text();
        }
        return AwsServer.signatureFault(request, "events", region);
    }

    private static JsonNode read(Received request) {
        try {
            return JSON.readTree(request.text());
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }
}
