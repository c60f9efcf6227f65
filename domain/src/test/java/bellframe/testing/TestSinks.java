package bellframe.testing;

import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Streams that note what is appended to them, and fail if they are told to.
public final class TestSinks implements StreamSinks {

    /// A record of a stream.
    public record Appended(String stream, String partitionKey, String text) {
    }

    private final BlockingQueue<Appended> appended = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, String> failing = new ConcurrentHashMap<>();

    @Override
    public Fitness fitness(String streamArn) {
        return new Fitness.Fit();
    }

    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        String reason = failing.get(streamArn);
        if (reason != null) {
            throw DeliveryFailed.transientFailure(reason);
        }
        appended.add(new Appended(streamArn, partitionKey, new String(record, StandardCharsets.UTF_8)));
    }

    /// Has a stream take nothing from now on; without a reason it does again.
    public void failWith(String stream, @Nullable String reason) {
        if (reason == null) {
            failing.remove(stream);
        } else {
            failing.put(stream, reason);
        }
    }

    /// The next record, which must come within 10 s.
    public Appended next() throws InterruptedException {
        Appended next = appended.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was appended to a stream");
        }
        return next;
    }

    /// Whether nothing was appended that [#next()] has not returned.
    public boolean isQuiet() {
        return appended.isEmpty();
    }
}
