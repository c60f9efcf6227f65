package bellframe.clients;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// WebSocket libraries, each with a program that sends with it what it is told: one JSON line in, one out.
@SuppressWarnings("ImmutableEnumChecker") // Its lists are immutable, which their type does not say.
enum WebSocketLibrary {
    WS("js", List.of("node", "frames.mjs"), JavaScriptSdk.requiredModules()),
    WEBSOCKETS("python", List.of("python3", "frames.py"),
            RequiredTool.command(List.of("python3", "-c", "import botocore, websockets.extensions"),
                    "install boto3 1.43 and websockets 17, for instance by .ci/run"));

    private final String folder;
    private final List<String> words;
    private final RequiredTool tool;

    WebSocketLibrary(String folder, List<String> words, RequiredTool tool) {
        this.folder = folder;
        this.words = words;
        this.tool = tool;
    }

    /// Skips the test where what the library needs is missing.
    void require() {
        tool.require(name());
    }

    WebSocketClient start(Map<String, String> variables) {
        var quiet = new HashMap<>(variables);
        quiet.put("NODE_NO_WARNINGS", "1");
        return new WebSocketClient(SdkCalls.start(
                new Command(Command.ROOT.resolve("clients").resolve(folder), quiet, words)));
    }
}
