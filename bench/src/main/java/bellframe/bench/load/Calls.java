package bellframe.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Requests that prepare a measurement, many at a time. From any thread.
public final class Calls implements AutoCloseable {

    private static final int AT_ONCE = 64;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Client client;
    private final BlockingQueue<HttpConnection> idle = new ArrayBlockingQueue<>(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Calls(Client client) {
        this.client = client;
        for (int i = 0; i < AT_ONCE; i++) {
            idle.add(client.connect());
        }
    }

    /// A request and its JSON.
    public record Call(Request request, String json) {
    }

    /// Makes a request and waits.
    ///
    /// @return the answer's body
    /// @throws IllegalStateException if it is refused
    public String make(Call call) {
        try {
            HttpConnection connection = idle.take();
            try {
                return Client.await(client.call(connection, call.request(), call.json()), LIMIT);
            } finally {
                idle.add(connection);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// Makes so many requests.
    ///
    /// @return the bodies of the answers, in the order of the requests
    public List<String> makeAll(int count, IntFunction<Call> calls) {
        var answers = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> make(calls.apply(i)), threads))
                .toList();
        var bodies = new ArrayList<String>();
        answers.forEach(answer -> bodies.add(answer.join()));
        return bodies;
    }

    @Override
    public void close() {
        threads.close();
        idle.forEach(connection -> connection.channel().close().syncUninterruptibly());
    }
}
