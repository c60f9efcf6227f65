package bellframe.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/// A port of this machine at which connections are made and nothing is answered.
final class SilentReceiver implements AutoCloseable {

    private static final int CONNECTIONS = 1_000;

    private final ServerSocket socket;

    SilentReceiver() {
        try {
            socket = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /// An address at which not even connections are made.
    static URI nobody() {
        try (var gone = new SilentReceiver()) {
            return gone.url();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
