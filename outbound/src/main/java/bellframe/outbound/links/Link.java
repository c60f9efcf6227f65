package bellframe.outbound.links;

import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client that stays connected: made when it is first needed, by one attempt that all who need it wait for, and anew if
/// that failed or the client broke. Safe for use by many threads.
///
/// An attempt has a thread of its own, since a name's resolution has no time limit that could be set.
public final class Link<T> implements AutoCloseable {

    private static final Executor THREADS = Thread.ofVirtual().name("link")::start;

    /// Makes the client. May block.
    public interface Making<T> {

        T make() throws Exception;
    }

    private final String receiver;
    private final Making<T> making;
    private final Function<Throwable, DeliveryFailed> failure;
    private final Consumer<T> ending;
    private @Nullable CompletableFuture<T> latest;
    private boolean closed;

    /// @param receiver whom it leads to, for reasons
    /// @param failure what it means that it could not be made
    /// @param ending ends a client, quickly
    public Link(String receiver, Making<T> making, Function<Throwable, DeliveryFailed> failure, Consumer<T> ending) {
        this.receiver = receiver;
        this.making = making;
        this.failure = failure;
        this.ending = ending;
    }

    /// The client, which may be in use by others.
    ///
    /// @param limit how long to wait for it
    /// @throws DeliveryFailed if there is none by then, or it could not be made
    public T get(Duration limit) throws DeliveryFailed {
        CompletableFuture<T> attempt = attempt();
        try {
            return attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw DeliveryFailed.transientFailure("the " + receiver + " could not be reached in " + limit.toSeconds()
                    + " s");
        } catch (ExecutionException failed) {
            throw failure.apply(failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw DeliveryFailed.transientFailure("the call to the " + receiver + " was given up");
        }
    }

    /// Ends a client that broke; whoever needs one next makes another. Nothing happens if that was done before.
    public void discard(T broken) {
        if (forget(broken)) {
            ending.accept(broken);
        }
    }

    /// It must be the very client, whatever clients have for equal.
    @SuppressWarnings("ReferenceEquality")
    private synchronized boolean forget(T broken) {
        boolean known = latest != null && latest.getNow(null) == broken;
        if (known) {
            latest = null;
        }
        return known;
    }

    private synchronized CompletableFuture<T> attempt() throws DeliveryFailed {
        if (closed) {
            throw DeliveryFailed.transientFailure("the server stops, the " + receiver + " is not called");
        }
        CompletableFuture<T> current = latest;
        if (current == null || current.isCompletedExceptionally()) {
            current = CompletableFuture.supplyAsync(this::make, THREADS);
            latest = current;
        }
        return current;
    }

    private T make() {
        try {
            return making.make();
        } catch (Exception problem) {
            throw new CompletionException(problem);
        }
    }

    /// Ends the client, also one that is only being made; no other is made any more.
    @Override
    public void close() {
        CompletableFuture<T> last;
        synchronized (this) {
            closed = true;
            last = latest;
            latest = null;
        }
        if (last != null) {
            var _ = last.thenAccept(ending);
        }
    }
}
