package bellframe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A messaging session from the client's side, with the JDK's WebSocket client.
final class LiveSession implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// An event as it came over the wire.
    record Event(JsonNode frame) {

        String type() {
            return header("x-amz-chime-event-type");
        }

        String messageType() {
            return header("x-amz-chime-message-type");
        }

        List<String> headerNames() {
            var names = new ArrayList<String>();
            frame.path("Headers").fieldNames().forEachRemaining(names::add);
            return names;
        }

        /// The payload as the text it must be.
        String payloadText() {
            JsonNode payload = frame.path("Payload");
            if (!payload.isTextual()) {
                throw new AssertionError("Payload is no JSON string: " + frame);
            }
            return payload.textValue();
        }

        JsonNode payload() {
            return parse(payloadText());
        }

        /// What `replay-after` is given to hear what came after this event.
        String position() {
            return header("x-bellframe-position");
        }

        private String header(String name) {
            return frame.path("Headers").path(name).textValue();
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final HttpClient http;
    private final WebSocket socket;

    private LiveSession(HttpClient http, URI url) {
        this.http = http;
        socket = http.newWebSocketBuilder().connectTimeout(LIMIT).buildAsync(url, new Listener()).join();
    }

    /// Opens a session; the handshake has succeeded when this returns.
    ///
    /// @param authority the PEM file of the certificate authority to trust, for `wss`
    static LiveSession open(URI url, @Nullable Path authority) {
        HttpClient.Builder http = HttpClient.newBuilder();
        if (authority != null) {
            http.sslContext(trusting(authority));
        }
        return new LiveSession(http.build(), url);
    }

    /// The next event; waits for it.
    Event next() {
        try {
            Event event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came; the session "
                        + (closed.isDone() ? "was closed with " + closed.join() : "is open"));
            }
            return event;
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    /// How many events have come that nobody asked for yet.
    int received() {
        return events.size();
    }

    /// The code with which the server closes the session; waits for it.
    int closeCode() {
        return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                events.add(new Event(parse(text.toString())));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable problem) {
            closed.completeExceptionally(problem);
        }
    }
}
