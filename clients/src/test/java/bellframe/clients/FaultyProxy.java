package bellframe.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proxy on loopback that clients take for the server, and that goes wrong on demand when a message is sent.
///
/// It passes every byte on as it came, the `Host` header too, so that signatures stay right.
final class FaultyProxy implements AutoCloseable {

    /// What happens to one attempt to send a message.
    enum Fault {
        /// The server never hears of it.
        REFUSED,
        /// The server does it, and the client is told that it is unavailable.
        DONE_AND_DENIED,
        /// The server does it, and the connection ends before the answer.
        DONE_AND_DROPPED,
        /// The server does it, and the connection ends in the middle of the answer.
        DONE_AND_CUT
    }

    private static final byte[] UNAVAILABLE = answer(
            "{\"Code\":\"ServiceUnavailable\",\"Message\":\"The service cannot take the request now; try again.\"}");

    private final URI server;
    private final ServerSocket listener;
    private final List<String> attempts = new ArrayList<>();
    private @Nullable Fault next;

    private FaultyProxy(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    static FaultyProxy before(String endpoint) throws IOException {
        var proxy = new FaultyProxy(URI.create(endpoint),
                new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String endpoint() {
        return "http://localhost:" + listener.getLocalPort();
    }

    /// The next attempt to send a message meets the fault; the attempts are counted anew.
    synchronized void failOnce(Fault fault) {
        attempts.clear();
        next = fault;
    }

    /// The bodies of the attempts to send a message since then.
    synchronized List<String> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            HttpMessage request;
            do {
                request = HttpMessage.read(in, out);
            } while (request != null && pass(request, out));
        } catch (IOException e) {
            // The client is gone; it sees the same.
            return;
        }
    }

    /// Whether the connection may be used again.
    private boolean pass(HttpMessage request, OutputStream out) throws IOException {
        Fault fault = fault(request);
        if (fault == Fault.REFUSED) {
            out.write(UNAVAILABLE);
            return true;
        }
        byte[] answer = forward(request);
        switch (fault) {
            case null -> out.write(answer);
            case DONE_AND_DENIED -> out.write(UNAVAILABLE);
            case DONE_AND_CUT -> out.write(answer, 0, answer.length - 20);
            case DONE_AND_DROPPED, REFUSED -> out.flush();
        }
        return fault == null || fault == Fault.DONE_AND_DENIED;
    }

    private synchronized @Nullable Fault fault(HttpMessage request) {
        if (!request.sendsMessage()) {
            return null;
        }
        attempts.add(request.body());
        Fault fault = next;
        next = null;
        return fault;
    }

    private byte[] forward(HttpMessage request) throws IOException {
        try (var upstream = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            upstream.getOutputStream().write(request.bytes());
            HttpMessage answer = HttpMessage.read(upstream.getInputStream(), OutputStream.nullOutputStream());
            if (answer == null) {
                throw new IOException("the server did not answer");
            }
            return answer.bytes();
        }
    }

    private static byte[] answer(String json) {
        return ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                + "x-amzn-ErrorType: ServiceUnavailableException\r\nContent-Length: " + json.length() + "\r\n\r\n"
                + json)
                .getBytes(StandardCharsets.UTF_8);
    }
}
