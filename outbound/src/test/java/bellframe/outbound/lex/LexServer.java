package bellframe.outbound.lex;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.aws.AwsService;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Speaks RecognizeText and PutSession of Lex V2 on a free port of this machine.
public final class LexServer implements AwsService {

    public static final String REGION = "eu-central-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern
            .compile("/bots/([^/]+)/botAliases/([^/]+)/botLocales/([^/]+)/sessions/([^/]+)(/text)?");

    /// What was asked.
    ///
    /// @param path bot, alias, locale and session, with slashes between
    /// @param text whether the operation was RecognizeText
    public record Asked(String path, boolean text, JsonNode body) {
    }

    private final AwsServer server = new AwsServer(LexServer::fault, recognized("{}"));

    @Override
    public AwsServer server() {
        return server;
    }

    /// An answer of RecognizeText.
    public static Reply recognized(String json) {
        return Reply.of(200, Map.of("Content-Type", "application/json"), json);
    }

    /// An answer of PutSession.
    public static Reply started(String messages, String sessionState, String sessionId) {
        return Reply.of(200, Map.of("Content-Type", "text/plain; charset=utf-8", "x-amz-lex-messages",
                compressed(messages), "x-amz-lex-session-state", compressed(sessionState), "x-amz-lex-session-id",
                sessionId), "");
    }

    /// An error as Lex tells it.
    public static Reply error(int status, String code, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("x-amzn-ErrorType", code);
        all.put("Content-Type", "application/json");
        return Reply.of(status, all, "{\"message\":\"said by the test\"}");
    }

    static String compressed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// The next question that nobody took yet.
    public Asked await() throws InterruptedException {
        Received request = server.next();
        Matcher path = PATH.matcher(request.rawPath());
        if (!path.matches()) {
            throw new AssertionError(request.rawPath());
        }
        return new Asked(String.join("/", path.group(1), path.group(2), path.group(3), path.group(4)),
                path.group(5) != null, read(request));
    }

    private static @Nullable String fault(Received request) {
        Matcher path = PATH.matcher(request.rawPath());
        if (!request.method().equals("POST") || !path.matches()) {
            return "no question: " + request.method() + " " + request.rawPath();
        }
        if (path.group(5) == null && !request.header("responsecontenttype").equals("text/plain; charset=utf-8")) {
            return "speech is asked for";
        }
        return AwsServer.signatureFault(request, "lex", REGION);
    }

    private static JsonNode read(Received request) {
        try {
            return JSON.readTree(request.text());
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }
}
