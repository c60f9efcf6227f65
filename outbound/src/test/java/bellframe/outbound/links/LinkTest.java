package bellframe.outbound.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger made = new AtomicInteger();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void oneAttemptIsForAll() throws Exception {
        var mayEnd = new CountDownLatch(1);
        var link = link(() -> {
            mayEnd.await();
            return "client " + made.incrementAndGet();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = List.of(threads.submit(() -> link.get(LONG)), threads.submit(() -> link.get(LONG)));
            assertThat(failure(link, Duration.ofMillis(1))).isEqualTo("the server could not be reached in 0 s");
            mayEnd.countDown();
            assertThat(clients.get(0).get()).isSameAs(clients.get(1).get()).isEqualTo("client 1");
        }
    }

    @Test
    void afterAFailureAnotherAttemptIsMade() throws Exception {
        var link = link(() -> {
            if (made.incrementAndGet() < 3) {
                throw new IOException("secret");
            }
            return "client";
        });
        assertThat(failure(link, LONG)).isEqualTo("IOException");
        assertThat(failure(link, LONG)).isEqualTo("IOException");
        assertThat(link.get(LONG)).isEqualTo("client");
    }

    @Test
    void aClientThatBrokeIsReplacedOnce() throws Exception {
        var link = link(() -> "client " + made.incrementAndGet());
        String first = link.get(LONG);
        link.discard(first);
        link.discard(first);
        assertThat(ended).containsExactly("client 1");
        assertThat(link.get(LONG)).isEqualTo("client 2");
        link.discard(first);
        assertThat(link.get(LONG)).isEqualTo("client 2");
    }

    @Test
    void aClosedLinkEndsWhatIsBeingMadeToo() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var end = new LinkedBlockingQueue<String>();
        var link = new Link<>("server", () -> {
            begun.countDown();
            mayEnd.await();
            return "client";
        }, problem -> DeliveryFailed.transientFailure(problem.getClass().getSimpleName()), end::add);
        assertThat(failure(link, Duration.ofMillis(1))).isEqualTo("the server could not be reached in 0 s");
        begun.await();
        link.close();
        assertThat(failure(link, LONG)).isEqualTo("the server stops, the server is not called");
        mayEnd.countDown();
        assertThat(end.take()).isEqualTo("client");
    }

    private Link<String> link(Link.Making<String> making) {
        return new Link<>("server", making,
                problem -> DeliveryFailed.transientFailure(problem.getClass().getSimpleName()), ended::add);
    }

    private static String failure(Link<String> link, Duration limit) {
        DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class, () -> link.get(limit));
        assertThat(failure.permanent()).isFalse();
        return failure.reason();
    }
}
