package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A running program that makes calls with an SDK; closing ends it.
final class SdkCalls implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedWriter input;
    private final OutputLines output;

    private SdkCalls(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = OutputLines.of(process.inputReader(StandardCharsets.UTF_8));
    }

    static SdkCalls start(Command command) {
        try {
            return new SdkCalls(command.builder().redirectError(Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode identity(String operation, Map<String, ?> input) {
        return output("identity", operation, input);
    }

    JsonNode messaging(String operation, Map<String, ?> input) {
        return output("messaging", operation, input);
    }

    /// The output of a call that is made again while the server is away.
    JsonNode untilAnswered(String operation, Map<String, ?> input) {
        JsonNode answer;
        do {
            answer = answer("messaging", operation, input);
        } while (!answer.has("output") && isUnanswered(answer));
        assertThat(answer.has("output")).as("%s: %s", operation, answer).isTrue();
        return answer.get("output");
    }

    private static boolean isUnanswered(JsonNode answer) {
        return answer.has("unanswered") || answer.at("/error/status").asInt() == 503;
    }

    /// The error of a call to identity that the service refuses.
    JsonNode identityRefusal(String operation, Map<String, ?> input) {
        return refusal("identity", operation, input);
    }

    /// The error of a call to messaging that the service refuses.
    JsonNode messagingRefusal(String operation, Map<String, ?> input) {
        return refusal("messaging", operation, input);
    }

    /// The output of a call that succeeds.
    ///
    /// @param service as the program calls it
    JsonNode output(String service, String operation, Map<String, ?> input) {
        JsonNode answer = answer(service, operation, input);
        assertThat(answer.has("output")).as("%s: %s", operation, answer).isTrue();
        return answer.get("output");
    }

    /// The error of a call that the service refuses.
    JsonNode refusal(String service, String operation, Map<String, ?> input) {
        JsonNode answer = answer(service, operation, input);
        assertThat(answer.has("error")).as("%s: %s", operation, answer).isTrue();
        return answer.get("error");
    }

    @Override
    public void close() throws IOException {
        try {
            input.close();
            output.awaitEnd(LIMIT);
        } finally {
            process.destroyForcibly();
        }
    }

    private JsonNode answer(String service, String operation, Map<String, ?> parameters) {
        try {
            input.write(JavaScriptSdk.JSON.writeValueAsString(
                    Map.of("service", service, "operation", operation, "input", parameters)));
            input.newLine();
            input.flush();
            return JavaScriptSdk.JSON.readTree(output.await("the answer to " + operation, line -> true, LIMIT));
        } catch (JsonProcessingException e) {
            throw new AssertionError(operation, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
