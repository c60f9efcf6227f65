package bellframe.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Requests over connections that have one in flight each.
public final class RequestLoad {

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Client client;
    private final List<Script> scripts;

    /// @param scripts one for each connection
    public RequestLoad(Client client, List<? extends Script> scripts) {
        this.client = client;
        this.scripts = List.copyOf(scripts);
    }

    /// Opens the connections, asks for as long as it is told to, waits for the last answers, and closes the connections.
    ///
    /// @throws IllegalStateException if the server refuses a request
    public Measured run(Pace pace, Duration duration) {
        return run(pace, duration, Long.MAX_VALUE);
    }

    /// Like the other, but ends earlier once each connection has made so many requests.
    public Measured run(Pace pace, Duration duration, long requestsEach) {
        var connections = scripts.stream().map(_ -> client.connect()).toList();
        try {
            return Client.await(start(connections, pace, duration, requestsEach), duration.plus(ANSWER_LIMIT));
        } finally {
            connections.forEach(connection -> connection.channel().close().syncUninterruptibly());
        }
    }

    private CompletableFuture<Measured> start(List<HttpConnection> connections, Pace pace, Duration duration,
            long requestsEach) {
        var done = new CompletableFuture<Measured>();
        client.loop().execute(() -> {
            try {
                new Run(duration, requestsEach, connections.size(), done).start(connections, pace);
            } catch (RuntimeException failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    /// One measurement; confined to the event loop.
    private final class Run {

        private final Map<String, Histogram> nanos = new TreeMap<>();
        private final long began = System.nanoTime();
        private final long end;
        private final long requestsEach;
        private final int connections;
        private final CompletableFuture<Measured> done;
        private int working;

        Run(Duration duration, long requestsEach, int connections, CompletableFuture<Measured> done) {
            this.end = began + duration.toNanos();
            this.requestsEach = requestsEach;
            this.connections = connections;
            this.working = connections;
            this.done = done;
        }

        void start(List<HttpConnection> open, Pace pace) {
            for (int i = 0; i < open.size(); i++) {
                start(open.get(i), scripts.get(i), pace, i);
            }
        }

        private void start(HttpConnection connection, Script script, Pace pace, int place) {
            switch (pace) {
                case Pace.Saturating _ -> new Worker(connection, script, 0, began).send();
                case Pace.Timetable(double perSecond) -> {
                    long period = (long) (connections * NANOS_PER_SECOND / perSecond);
                    new Worker(connection, script, period, began + period * place / connections).waitUntilDue();
                }
            }
        }

        private void finished() {
            if (--working == 0) {
                done.complete(new Measured(nanos, Duration.ofNanos(System.nanoTime() - began)));
            }
        }

        /// What one connection does.
        private final class Worker implements HttpConnection.Answered {

            private final HttpConnection connection;
            private final Script script;
            private String operation = "";
            private long answers;
            /// Between two requests of the timetable; 0 for none.
            private final long period;
            /// When the request that is sent next or was sent last was to be sent.
            private long due;

            Worker(HttpConnection connection, Script script, long period, long due) {
                this.connection = connection;
                this.script = script;
                this.period = period;
                this.due = due;
            }

            void waitUntilDue() {
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    client.loop().schedule(this::send, wait, TimeUnit.NANOSECONDS);
                } else {
                    send();
                }
            }

            void send() {
                if (period == 0) {
                    due = System.nanoTime();
                }
                Script.Step step = script.next();
                operation = step.request().operation();
                client.send(connection, step.request(), step.body(), this);
            }

            @Override
            public void answered(int status, ByteBuf body) {
                long now = System.nanoTime();
                if (status / 100 != 2) {
                    done.completeExceptionally(new IllegalStateException(
                            "answered " + status + " " + body.toString(StandardCharsets.UTF_8)));
                    return;
                }
                nanos.computeIfAbsent(operation, _ -> Measured.histogram()).recordValue(now - due);
                due += period;
                answers++;
                if (answers == requestsEach || now >= end || (period > 0 && due >= end)) {
                    finished();
                } else if (period == 0) {
                    send();
                } else {
                    waitUntilDue();
                }
            }
        }
    }
}
