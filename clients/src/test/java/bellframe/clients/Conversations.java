package bellframe.clients;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One conversation with each SDK for the length of a test class, started when a test first asks for it.
final class Conversations implements AfterAllCallback {

    private record Client(Sdk sdk, List<String> envOptions) {
    }

    private final BellframeProcess server;
    private final Map<Client, Conversation> started = new HashMap<>();

    Conversations(BellframeProcess server) {
        this.server = server;
    }

    /// Skips the test where the SDK is missing.
    ///
    /// @param envOptions what `./bellframe env` is told
    Conversation with(Sdk sdk, String... envOptions) {
        sdk.require();
        return started.computeIfAbsent(new Client(sdk, Arrays.asList(envOptions)),
                client -> Conversation.start(client.sdk().start(server.variables(envOptions))));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        for (Conversation conversation : started.values()) {
            conversation.sdk().close();
        }
        started.clear();
    }
}
