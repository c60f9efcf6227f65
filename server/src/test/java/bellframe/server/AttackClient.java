package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One connection, over which go exactly the bytes that a test wants. A server that stays silent fails the test.
final class AttackClient implements AutoCloseable {

    private static final int READ_LIMIT_MILLIS = 20_000;
    private static final String REQUEST_ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;

    /// An answer; one that is no success is well-formed in every respect.
    record Answer(int status, Map<String, String> headers, String body) {

        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException problem) {
                throw new AssertionError("not JSON: " + body, problem);
            }
        }

        Answer requireError(int wantedStatus, String type) {
            assertThat(status).as("%s %s", headers, body).isEqualTo(wantedStatus);
            assertThat(header("x-amzn-ErrorType")).as(body).isEqualTo(type);
            return this;
        }

        Answer requireMessage(String part) {
            assertThat(json().get("Message").asText()).contains(part);
            return this;
        }

        private Answer checked() {
            assertThat(status).as("%s %s", headers, body).isLessThan(500);
            if (status >= 200) {
                assertThat(header("x-amzn-RequestId")).matches(REQUEST_ID);
                assertThat(header("Date")).isNotNull();
            }
            if (status >= 400) {
                assertThat(header("x-amzn-ErrorType")).matches("[A-Za-z]+Exception");
                assertThat(header("Content-Type")).isEqualTo("application/json");
                assertThat(json().get("Message").asText()).isNotEmpty();
                // The errors of the model have a code, those of AWS's front door have none.
                assertThat(json().size()).isEqualTo(json().has("Code") ? 2 : 1);
            }
            return this;
        }
    }

    private AttackClient(Socket socket) {
        this.socket = socket;
    }

    static AttackClient connect(Scheme scheme, int port) {
        try {
            var address = InetAddress.ofLiteral("127.0.0.1");
            Socket socket = switch (scheme) {
                case PLAIN -> new Socket(address, port);
                case TLS -> trusting().getSocketFactory().createSocket(address, port);
            };
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            socket.setTcpNoDelay(true);
            return new AttackClient(socket);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Trusts any certificate: what the server proves is not what is tested here.
    static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    Socket socket() {
        return socket;
    }

    AttackClient send(AttackRequest request) {
        return send(request.bytes());
    }

    /// Sends a text, one byte a char.
    AttackClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    AttackClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Sends what the server may not want to read to its end.
    AttackClient sendAgainstTheWind(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closedMeanwhile) {
            assertThat(closedMeanwhile).isInstanceOf(SocketException.class);
        }
        return this;
    }

    /// Ends this side; answers can still be read.
    AttackClient endInput() {
        try {
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            socket.shutdownOutput();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Breaks the connection, so that the server's side sees a reset.
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Reads one answer and checks everything that holds for all of them.
    Answer read() {
        try {
            String statusLine = line();
            assertThat(statusLine).matches("HTTP/1\\.1 \\d{3} .*");
            var headers = new LinkedHashMap<String, String>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                String earlier = headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
                assertThat(earlier).as(line).isNull();
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = socket.getInputStream().readNBytes(length);
            return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers,
                    new String(body, StandardCharsets.UTF_8)).checked();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
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

    /// Demands that the server sends nothing more and ends the connection.
    void requireEnd() {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            // As much an end as the other, where the server had input left that it did not want.
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
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
