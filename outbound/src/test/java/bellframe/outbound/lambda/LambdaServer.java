package bellframe.outbound.lambda;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.AwsService;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Speaks the Invoke protocol of Lambda, as far as asynchronous invocations go, on a free port of this machine.
public final class LambdaServer implements AwsService {

    /// An event that was taken, or would have been.
    public record Invocation(String functionArn, String event) {
    }

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    private final AwsServer server = new AwsServer(LambdaServer::fault, accepted());

    @Override
    public AwsServer server() {
        return server;
    }

    /// The event is queued.
    public static Reply accepted() {
        return Reply.of(202);
    }

    /// An error as Lambda tells it.
    ///
    /// @param code `ResourceNotFoundException` for example
    public static Reply error(int status, String code, Map<String, String> headers) {
        return (_, answering) -> {
            var all = new HashMap<>(headers);
            all.put("x-amzn-ErrorType", code);
            all.put("Content-Type", "application/json");
            answering.send(status, all, "{\"Type\":\"User\",\"Message\":\"said by the test\"}");
        };
    }

    public static Reply error(int status, String code) {
        return error(status, code, Map.of());
    }

    /// The next invocation that nobody took yet.
    public Invocation awaitInvocation() throws InterruptedException {
        Received request = server.next();
        return new Invocation(function(request), request.text());
    }

    private static String function(Received request) {
        Matcher path = PATH.matcher(request.rawPath());
        return path.matches() ? URLDecoder.decode(path.group(1), StandardCharsets.UTF_8) : "";
    }

    private static @Nullable String fault(Received request) {
        LambdaArn function = LambdaArn.parse(function(request)).orElse(null);
        if (!request.method().equals("POST") || function == null) {
            return "no invocation: " + request.method() + " " + request.rawPath();
        }
        if (!request.header("x-amz-invocation-type").equals("Event")) {
            return "invoked as " + request.header("x-amz-invocation-type");
        }
        return AwsServer.signatureFault(request, "lambda", function.region());
    }
}
