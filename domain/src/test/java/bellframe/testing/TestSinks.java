package bellframe.testing;

import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Streams that note what is appended to them, and fail if they are told to.
public final class TestSinks implements StreamSinks {

    /// A record of a stream.
    public record Appended(String stream, String partitionKey, String text) {

        private static final Pattern EVENT_TYPE = Pattern.compile("\\{\"EventType\":\"(\\w+)\",\"Payload\":\\{.*}}");

        /// What the record says it is.
        public String eventType() {
            Matcher type = EVENT_TYPE.matcher(text);
            if (!type.matches()) {
                throw new AssertionError("no record: " + text);
            }
            return type.group(1);
        }
    }

    private final BlockingQueue<Appended> appended = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, String> failing = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Fitness> fitnesses = new ConcurrentHashMap<>();

    @Override
    public Fitness fitness(String streamArn) {
        return fitnesses.getOrDefault(streamArn, new Fitness.Fit());
    }

    /// What a stream is fit for, from now on.
    public void judge(String stream, Fitness as) {
        fitnesses.put(stream, as);
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

    /// All records that [#next()] has not returned.
    public List<Appended> all() {
        var all = new ArrayList<Appended>();
        appended.drainTo(all);
        return all;
    }

    /// Whether nothing was appended that [#next()] has not returned.
    public boolean isQuiet() {
        return appended.isEmpty();
    }
}
