package bellframe.push;

import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One attempt to reach the devices of a group, some of them at once.
///
/// It ends early if one device after the other fails, so that a service that is slow is not waited for a hundred times.
final class GroupAttempt {

    static final int DEVICES_AT_ONCE = 32;
    private static final int FAILURES_TOLERATED = 5;

    /// Reaches one device.
    @FunctionalInterface
    interface Reaching {

        /// Has its service take the notification.
        ///
        /// @return false if there was nothing to do
        /// @throws DeliveryFailed if that may go better later
        boolean reach(UserEndpoints.Place device) throws DeliveryFailed, InterruptedException;
    }

    private final Reaching reaching;
    private final Queue<UserEndpoints.Place> waiting;
    private final Queue<UserEndpoints.Place> left = new ConcurrentLinkedQueue<>();
    private final Queue<DeliveryFailed> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failuresInRow = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    GroupAttempt(Collection<UserEndpoints.Place> devices, Reaching reaching) {
        this.waiting = new ConcurrentLinkedQueue<>(devices);
        this.reaching = reaching;
    }

    /// Returns once all devices were reached, or failed, or are left for another attempt.
    ///
    /// @throws DeliveryFailed if the server ends meanwhile
    void run() throws DeliveryFailed {
        try {
            int threads = Math.min(DEVICES_AT_ONCE, waiting.size());
            if (threads == 1) {
                work();
            } else {
                run(threads);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw DeliveryFailed.transientFailure("the server stops");
        }
    }

    private void run(int threads) throws InterruptedException {
        var workers = new ArrayList<Callable<@Nullable Void>>(threads);
        for (int i = 0; i < threads; i++) {
            workers.add(() -> {
                work();
                return null;
            });
        }
        try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory())) {
            for (Future<@Nullable Void> worker : executor.invokeAll(workers)) {
                worker.get();
            }
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }

    private void work() throws InterruptedException {
        for (UserEndpoints.Place device = waiting.poll(); device != null; device = waiting.poll()) {
            if (failuresInRow.get() >= FAILURES_TOLERATED) {
                left.add(device);
            } else {
                reach(device);
            }
        }
    }

    private void reach(UserEndpoints.Place device) throws InterruptedException {
        try {
            if (reaching.reach(device)) {
                taken.incrementAndGet();
                failuresInRow.set(0);
            }
        } catch (DeliveryFailed failure) {
            failuresInRow.incrementAndGet();
            failures.add(failure);
            left.add(device);
        }
    }

    /// Whether any device was reached, so that its service works.
    boolean reachedSome() {
        return taken.get() > 0;
    }

    /// The devices for which another attempt is to be made.
    List<UserEndpoints.Place> left() {
        return List.copyOf(left);
    }

    /// What those that are left failed with: the failure after which the service asks to be left alone longest.
    DeliveryFailed failure() {
        DeliveryFailed longest = null;
        for (DeliveryFailed failure : failures) {
            if (longest == null || pause(failure).compareTo(pause(longest)) > 0) {
                longest = failure;
            }
        }
        return longest == null ? DeliveryFailed.transientFailure("no device was reached") : longest;
    }

    private static Duration pause(DeliveryFailed failure) {
        Duration asked = failure.retryAfter();
        return asked == null ? Duration.ZERO : asked;
    }
}
