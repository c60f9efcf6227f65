package bellframe.outbound.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A port of this machine where something goes wrong.
public final class BrokenServers implements AutoCloseable {

    /// What does.
    public enum Fault {
        /// Nobody is there.
        DOWN,
        /// Takes connections and says nothing.
        SILENT,
        /// Says something that is no TLS and no HTTP.
        GARBAGE,
        /// Closes each connection at once.
        BROKEN_OFF
    }

    private final Fault fault;
    private final ServerSocket server;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    public BrokenServers(Fault fault) {
        this.fault = fault;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
            if (fault == Fault.DOWN) {
                server.close();
            } else {
                Thread.ofVirtual().name("broken-server").start(this::accept);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                taken.add(socket);
                treat(socket);
            } catch (IOException _) {
                // The test ends, or the other side has gone.
            }
        }
    }

    private void treat(Socket socket) throws IOException {
        switch (fault) {
            case GARBAGE -> socket.getOutputStream().write("what is this?\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            case BROKEN_OFF -> socket.close();
            case SILENT, DOWN -> {
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : taken) {
                socket.close();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
