package bellframe.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Messages to a channel all of whose members are connected.
public final class FanOutLoad implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Client client;
    private final Sessions sessions;
    private final Script script;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();

    /// What came of messages that were sent one at a time.
    ///
    /// @param toAnswer from when a message was to be sent to its answer
    /// @param toLast from when a message was to be sent until all have it
    /// @param spread from the answer or the first delivery, whichever came first, until all have it
    public record Deliveries(Histogram toAnswer, Histogram toLast, Histogram spread) {
    }

    /// @param sessions of all members, and no others
    /// @param script sends to their channel
    /// @param atOnce how many messages may be on their way at a time
    public FanOutLoad(Client client, Sessions sessions, Script script, int atOnce) {
        this.client = client;
        this.sessions = sessions;
        this.script = script;
        for (int i = 0; i < atOnce; i++) {
            idle.add(client.connect());
        }
    }

    /// Sends so many messages by a timetable, each at the earliest when all have the one before.
    public Deliveries oneByOne(int messages, double perSecond) {
        var done = new CompletableFuture<Deliveries>();
        client.loop().execute(() -> new OneByOne(messages, (long) (NANOS_PER_SECOND / perSecond), done).waitUntilDue());
        return Client.await(done, LIMIT.plusSeconds((long) (messages / perSecond)));
    }

    /// Keeps as many messages on their way as it may, for a while.
    ///
    /// @return deliveries per second, over all sessions
    public double saturate(Duration duration) {
        var done = new CompletableFuture<Double>();
        client.loop().execute(() -> new Saturation(duration, done).pump());
        return Client.await(done, LIMIT.plus(duration));
    }

    private void send(CompletableFuture<?> done, Runnable answered) {
        HttpConnection connection = idle.remove();
        Script.Step step = script.next();
        client.send(connection, step.request(), step.body(), (status, body) -> {
            idle.add(connection);
            if (status / 100 == 2) {
                answered.run();
            } else {
                done.completeExceptionally(refused(status, body));
            }
        });
    }

    private static IllegalStateException refused(int status, ByteBuf body) {
        return new IllegalStateException("answered " + status + " " + body.toString(StandardCharsets.UTF_8));
    }

    /// Confined to the event loop.
    private final class OneByOne {

        private final Deliveries deliveries = new Deliveries(Measured.histogram(), Measured.histogram(),
                Measured.histogram());
        private final long period;
        private final CompletableFuture<Deliveries> done;
        private int left;
        private long due = System.nanoTime();
        private long framesBefore;
        private long firstSign;
        private boolean answered;
        private boolean delivered;

        OneByOne(int messages, long period, CompletableFuture<Deliveries> done) {
            this.left = messages;
            this.period = period;
            this.done = done;
            sessions.listener(this::delivered);
        }

        void waitUntilDue() {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                client.loop().schedule(this::next, wait, TimeUnit.NANOSECONDS);
            } else {
                next();
            }
        }

        private void next() {
            framesBefore = sessions.frames();
            firstSign = 0;
            answered = false;
            delivered = false;
            send(done, this::answered);
        }

        private void answered() {
            answered = true;
            deliveries.toAnswer().recordValue(sign() - due);
            finishIfAll();
        }

        private void delivered() {
            if (sessions.frames() > framesBefore) {
                sign();
                finishIfAll();
            }
        }

        /// Notes the first sign that the message is on disk, and returns the time.
        private long sign() {
            long now = System.nanoTime();
            if (firstSign == 0) {
                firstSign = now;
            }
            return now;
        }

        private void finishIfAll() {
            if (!delivered && sessions.frames() - framesBefore == sessions.size()) {
                long now = System.nanoTime();
                delivered = true;
                deliveries.toLast().recordValue(now - due);
                deliveries.spread().recordValue(now - firstSign);
            }
            if (delivered && answered) {
                finish();
            }
        }

        private void finish() {
            due += period;
            if (--left == 0) {
                done.complete(deliveries);
            } else {
                waitUntilDue();
            }
        }
    }

    /// Confined to the event loop.
    private final class Saturation {

        private final long began = System.nanoTime();
        private final long end;
        private final CompletableFuture<Double> done;
        private final long framesBefore = sessions.frames();
        private final int atOnce = idle.size();
        private long sent;

        Saturation(Duration duration, CompletableFuture<Double> done) {
            this.end = began + duration.toNanos();
            this.done = done;
            sessions.listener(this::pump);
        }

        void pump() {
            long frames = sessions.frames() - framesBefore;
            long now = System.nanoTime();
            if (now < end) {
                while (!idle.isEmpty() && sent - frames / sessions.size() < atOnce) {
                    sent++;
                    send(done, this::pump);
                }
            } else if (frames == sent * sessions.size() && idle.size() == atOnce) {
                done.complete(frames * NANOS_PER_SECOND / (now - began));
            }
        }
    }

    @Override
    public void close() {
        idle.forEach(connection -> connection.channel().close().syncUninterruptibly());
    }
}
