package bellframe.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The SDKs for JavaScript in Node, pointed at a server by nothing but variables.
record JavaScriptSdk(Map<String, String> variables) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Path FOLDER = Command.ROOT.resolve("clients/js");

    static RequiredTool requiredNode() {
        return RequiredTool.program("node", "install Node 20 or later");
    }

    static RequiredTool requiredModules() {
        return RequiredTool.folder(FOLDER.resolve("node_modules"), "run `npm ci` in clients/js");
    }

    JavaScriptSdk with(String variable, String value) {
        var changed = new HashMap<>(variables);
        changed.put(variable, value);
        return new JavaScriptSdk(changed);
    }

    /// Makes one call after the other.
    SdkCalls calls() {
        return Sdk.JAVASCRIPT.start(variables);
    }

    /// The output of a call that succeeds.
    JsonNode call(String operation, Map<String, ?> input) throws IOException {
        try (SdkCalls calls = calls()) {
            return calls.messaging(operation, input);
        }
    }

    /// The error of a call that the service refuses.
    JsonNode refusal(String operation, Map<String, ?> input) throws IOException {
        try (SdkCalls calls = calls()) {
            return calls.messagingRefusal(operation, input);
        }
    }

    /// Starts to connect a user who asks the server for its endpoint.
    MessagingSession connect(String userArn) {
        return MessagingSession.start(command("session.mjs", userArn));
    }

    /// Starts to connect a user who wants to hear of its channels at once.
    MessagingSession connectAndPrefetch(String userArn) {
        return MessagingSession.start(command("session.mjs", userArn, "prefetch"));
    }

    /// Starts to connect a user who knows the endpoint.
    MessagingSession connect(String userArn, String hostAndPort) {
        return MessagingSession.start(command("session.mjs", userArn, hostAndPort));
    }

    /// Starts to connect a user who wants to hear what it missed.
    ///
    /// @param position of the last event it heard
    MessagingSession catchUp(String userArn, String position) {
        return MessagingSession.start(command("catch-up.mjs", userArn, position));
    }

    private Command command(String script, String... arguments) {
        var words = new ArrayList<>(List.of("node", script));
        words.addAll(List.of(arguments));
        var quiet = new HashMap<>(variables);
        quiet.put("NODE_NO_WARNINGS", "1");
        return new Command(FOLDER, quiet, words);
    }
}
