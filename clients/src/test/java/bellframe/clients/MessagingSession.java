package bellframe.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A `DefaultMessagingSession` of amazon-chime-sdk-js in a process of its own; closing stops it as a user would.
final class MessagingSession implements AutoCloseable {

    private static final Duration EVENT_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final OutputLines output;

    private MessagingSession(Process process) {
        this.process = process;
        this.output = OutputLines.of(process.inputReader(StandardCharsets.UTF_8));
    }

    static MessagingSession start(Command command) {
        try {
            return new MessagingSession(command.builder().redirectError(Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the SDK says that the session has started.
    MessagingSession awaitStart() {
        await("the start of the session", "event", "started");
        return this;
    }

    /// Waits until the SDK says that it connects again.
    MessagingSession awaitReconnection() {
        await("another connection", "reconnecting", "true");
        return this;
    }

    /// The next message of this type; others are skipped.
    JsonNode awaitMessage(String type) {
        return await(type, "type", type);
    }

    /// The created message with this id; others are skipped.
    JsonNode await(String messageId) {
        JsonNode payload;
        do {
            payload = awaitMessage("CREATE_CHANNEL_MESSAGE").get("payload");
        } while (!payload.get("MessageId").asText().equals(messageId));
        return payload;
    }

    /// Everything the SDK reported, once it has given up by itself.
    List<JsonNode> awaitEnd() {
        return output.awaitEnd(STOP_LIMIT).stream().map(MessagingSession::parse).toList();
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            output.awaitEnd(STOP_LIMIT);
        } finally {
            process.destroyForcibly();
        }
    }

    private JsonNode await(String description, String member, String value) {
        return parse(output.await(description, line -> parse(line).path(member).asText().equals(value), EVENT_LIMIT));
    }

    private static JsonNode parse(String line) {
        try {
            return JavaScriptSdk.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
