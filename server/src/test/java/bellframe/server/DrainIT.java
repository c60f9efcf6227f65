package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ServiceUnavailableException;

/// SIGTERM ends the server in time whatever its clients do, and loses nothing that was answered.
@Timeout(120)
class DrainIT {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration ECHO_LIMIT = Duration.ofSeconds(2);
    private static final int SERVICE_RESTART = 1012;

    @RegisterExtension
    final RunningServer server = new RunningServer().with("BELLFRAME_DRAIN_SPREAD", "1s");

    private final List<Closeable> open = new ArrayList<>();
    private SdkClients clients;
    private String user;
    private String channel;

    @BeforeEach
    void prepare() {
        clients = SdkClients.of(server);
        user = clients.user("user");
        channel = clients.channel(user);
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Closeable connection : open) {
            connection.close();
        }
        clients.close();
    }

    @Test
    void clientsThatDoNothingDoNotKeepTheServer() throws IOException {
        for (int i = 0; i < 5; i++) {
            session();
            send("GET /channels HTTP/1.1\r\nHost: ");
            send("POST /channels HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
            // The beginning of a TLS record that never ends.
            send("\u0016\u0003\u0001\u0002");
            send("");
        }

        long begin = System.nanoTime();
        assertThat(server.terminate()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
    }

    @Test
    void aSessionWhoseClientDoesNotEchoTheCloseIsAborted() throws Exception {
        RawSession session = session();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Integer> exit = thread.submit(server::terminate);

            assertThat(closeCode(session)).isEqualTo(SERVICE_RESTART);
            long closed = System.nanoTime();
            assertThat(session.isEnded()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - closed))
                    .isBetween(ECHO_LIMIT.dividedBy(2), ECHO_LIMIT.multipliedBy(2));
            assertThat(exit.get()).isZero();
        }
    }

    @Test
    void whatWasAnsweredBeforeTheEndIsThereAfterwards() throws Exception {
        List<String> answered = Collections.synchronizedList(new ArrayList<>());
        var underWay = new CountDownLatch(100);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> senders = IntStream.range(0, 16)
                    .mapToObj(_ -> threads.submit(() -> sendUntilRefused(answered, underWay)))
                    .toList();
            assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(server.terminate()).isZero();

            for (Future<?> sender : senders) {
                sender.get();
            }
        }
        server.start();
        try (SdkClients after = clients.at(server.port())) {
            assertThat(after.messages(user, channel)).extracting(ChannelMessageSummary::messageId)
                    .containsAll(answered)
                    .doesNotHaveDuplicates();
        }
    }

    private void sendUntilRefused(List<String> answered, CountDownLatch underWay) {
        try {
            while (true) {
                answered.add(clients.send(user, channel, "a message"));
                underWay.countDown();
            }
        } catch (ServiceUnavailableException | SdkClientException draining) {
            assertThat(answered).isNotEmpty();
        }
    }

    private RawSession session() throws IOException {
        var session = new RawSession(clients, user, Integer.toString(open.size()), 0);
        open.add(session);
        assertThat(session.read().payload()).asString().contains("SESSION_ESTABLISHED");
        return session;
    }

    private void send(String text) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        open.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Reads on to the close frame.
    private static int closeCode(RawSession session) throws IOException {
        RawSession.Frame frame = session.read();
        while (frame.kind() != RawSession.CLOSE) {
            frame = session.read();
        }
        return frame.closeCode();
    }
}
