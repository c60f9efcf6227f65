package bellframe.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A running program that opens one session after the other and sends frames in it; closing ends it.
record WebSocketClient(SdkCalls program) implements AutoCloseable {

    /// The answer to the handshake; names of headers are in lower case.
    record Handshake(int status, JsonNode headers) {
    }

    /// How a session ended for the client.
    record End(int code, String reason) {
    }

    /// @param options what `frames.mjs` says
    Handshake connect(String userArn, Map<String, ?> options) {
        var input = new HashMap<String, Object>(options);
        input.put("UserArn", userArn);
        JsonNode answer = program.messaging("Connect", input);
        return new Handshake(answer.get("Status").asInt(), answer.get("Headers"));
    }

    void send(List<Step> steps) {
        program.messaging("Send", Map.of("Steps", steps.stream().map(Step::json).toList()));
    }

    /// The payloads of the next pongs, in hexadecimal; fewer if the session ends before.
    List<String> pongs(int count) {
        return program.messaging("Pongs", Map.of("Count", count))
                .get("Payloads")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /// The content of the next channel message, or nothing if the session ends before.
    String nextMessage() {
        return program.messaging("NextMessage", Map.of()).path("Content").asText();
    }

    End awaitEnd() {
        JsonNode end = program.messaging("End", Map.of());
        return new End(end.get("Code").asInt(), end.path("Reason").asText());
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
