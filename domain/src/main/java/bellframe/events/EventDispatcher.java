package bellframe.events;

import bellframe.names.EventPosition;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners what happened, on one thread, in the order of the [#publish] calls.
///
/// Publishing never blocks, so that whoever commits can do it; the bound on what may wait is therefore
/// kept at the other end, by [#requireRoom()], which every operation that causes events calls before it starts.
public final class EventDispatcher implements AutoCloseable {

    /// How many events may wait before new causes of events are refused.
    public static final int BACKLOG_MAX_EVENTS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private final List<ChannelEventListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger backlog = new AtomicInteger();
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("events").factory());

    /// Written by the dispatcher's thread only.
    private volatile EventPosition told;

    /// @param start a position at or above those of all events of earlier runs
    public EventDispatcher(EventPosition start) {
        this.told = start;
    }

    public void subscribe(ChannelEventListener listener) {
        listeners.add(listener);
    }

    /// Tells of an event that is stored.
    ///
    /// @param position above those of all events published before
    public void publish(EventPosition position, ChannelEvent event) {
        enqueue(() -> {
            tell(position, event);
            told = position;
        });
    }

    /// Tells of events that are stored together, at positions that follow each other.
    public void publishAll(EventPosition first, List<? extends ChannelEvent> together) {
        for (int i = 0; i < together.size(); i++) {
            publish(first.plus(i), together.get(i));
        }
    }

    /// Tells of an event that is stored nowhere. It has no position of its own and is told with the last one.
    public void publishUnstored(ChannelEvent event) {
        enqueue(() -> tell(told, event));
    }

    /// The position of the last stored event that was told: all up to it have been told, and no later one.
    public EventPosition told() {
        return told;
    }

    private void enqueue(Runnable telling) {
        backlog.incrementAndGet();
        thread.execute(() -> {
            try {
                telling.run();
            } finally {
                backlog.decrementAndGet();
            }
        });
    }

    /// Runs a short task after all events published so far have been told, and before any later one.
    public void inOrder(Runnable task) {
        thread.execute(task);
    }

    /// Waits until all events published so far have been told.
    public void awaitTold() {
        var told = new CompletableFuture<@Nullable Void>();
        inOrder(() -> told.complete(null));
        told.join();
    }

    /// Refuses work that would cause events while too many wait.
    ///
    /// @throws Refused with [Refusal#THROTTLED] if too many events wait for their listeners
    public void requireRoom() {
        if (backlog.get() >= BACKLOG_MAX_EVENTS) {
            throw new Refused(Refusal.THROTTLED);
        }
    }

    /// How many events wait.
    public int backlog() {
        return backlog.get();
    }

    private void tell(EventPosition position, ChannelEvent event) {
        for (ChannelEventListener listener : listeners) {
            try {
                listener.happened(position, event);
            } catch (RuntimeException failure) {
                // One listener's fault must not keep the event from the others, nor end this thread.
                log.error("a listener failed on {} of channel {}", event.getClass().getSimpleName(), event.channel(),
                        failure);
            }
        }
    }

    /// Tells what still waits, for at most 5 s, then stops.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} events were not told before the end", backlog.get());
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
