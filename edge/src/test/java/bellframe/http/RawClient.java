package bellframe.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// A client that sends exactly the bytes it is told to, sane or not.
final class RawClient implements AutoCloseable {

    private static final int READ_LIMIT_MILLIS = 20_000;

    /// One response.
    record Response(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "(absent)");
        }
    }

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect(int port) throws IOException {
        return connect(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    static RawClient connect(InetAddress address, int port) throws IOException {
        var socket = new Socket(address, port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /// The same connection, from here on within TLS; any certificate will do.
    RawClient withinTls() throws Exception {
        SSLContext trusting = TestTls.trusting();
        return new RawClient(trusting.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true));
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Ends this side; answers can still be read.
    RawClient endInput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /// Reads one response, which must say how long it is.
    Response read() throws IOException {
        Response head = readHeaders();
        return new Response(head.status(), head.headers(), readBody(head));
    }

    /// Reads as much of a body as the headers tell, less if the connection ends.
    String readBody(Response head) throws IOException {
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /// Reads a response that has no body, whatever length it tells.
    Response readHeaders() throws IOException {
        String statusLine = line();
        var headers = new LinkedHashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, "");
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /// Whether the server ends the connection without another byte.
    boolean isClosed() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
