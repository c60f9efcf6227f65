package bellframe.testing;

import bellframe.flows.Processors;
import bellframe.names.AppInstanceArn;
import bellframe.outbox.DeliveryFailed;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Processors that note what they are called with, and fail if they are told to.
public final class TestProcessors implements Processors {

    /// One call.
    public record Call(String processorArn, String event) {

        /// The value of a field with a text in the event.
        public String text(String field) {
            String start = '"' + field + "\":\"";
            int from = event.indexOf(start);
            if (from < 0) {
                throw new AssertionError("no " + field + " in " + event);
            }
            return event.substring(from + start.length(), event.indexOf('"', from + start.length()));
        }
    }

    private final BlockingQueue<Call> taken = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> failed = new LinkedBlockingQueue<>();
    private volatile @Nullable Supplier<DeliveryFailed> failure;

    @Override
    public void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed {
        var call = new Call(processorArn, new String(event, StandardCharsets.UTF_8));
        Supplier<DeliveryFailed> failing = failure;
        if (failing != null) {
            failed.add(call);
            throw failing.get();
        }
        taken.add(call);
    }

    /// Fails from now on; null ends that.
    public void failWith(@Nullable Supplier<DeliveryFailed> newFailure) {
        failure = newFailure;
    }

    /// The next call that was taken, which must come within 10 s.
    public Call next() throws InterruptedException {
        return within10Seconds(taken);
    }

    /// The next call that failed, which must come within 10 s.
    public Call nextFailed() throws InterruptedException {
        return within10Seconds(failed);
    }

    /// Whether no call was taken that [#next()] has not returned.
    public boolean isQuiet() {
        return taken.isEmpty();
    }

    /// Whether no call failed that [#nextFailed()] has not returned.
    public boolean hasNoFailed() {
        return failed.isEmpty();
    }

    private static Call within10Seconds(BlockingQueue<Call> calls) throws InterruptedException {
        Call call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no processor was called");
        }
        return call;
    }
}
