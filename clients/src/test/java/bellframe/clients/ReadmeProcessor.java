package bellframe.clients;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Stream;

/// The processors of channel flows that README.md has.
enum ReadmeProcessor {
    PYTHON("moderate.py", Sdk.PYTHON),
    NODE("clients/js/moderate.mjs", Sdk.JAVASCRIPT);

    private static final String PORT = "9090";

    private final String file;
    private final Sdk sdk;

    ReadmeProcessor(String file, Sdk sdk) {
        this.file = file;
        this.sdk = sdk;
    }

    /// Skips the test where what it needs is missing.
    void require() {
        sdk.require();
    }

    /// Whether commands write it to its file and start it.
    boolean isIn(String commands) {
        return commands.contains(file);
    }

    /// Whether commands are for whoever takes this one: they are about no other.
    boolean isFor(String commands) {
        return Stream.of(values()).noneMatch(other -> other != this && other.isIn(commands));
    }

    /// The same script with the processor at another port.
    static String at(int port, String script) {
        return script.replace(PORT, Integer.toString(port));
    }

    /// A port that nobody has, at the moment.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
