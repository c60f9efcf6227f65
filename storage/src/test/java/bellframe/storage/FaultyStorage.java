package bellframe.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store that fails or waits when a test tells it to, and otherwise does what the store behind it does.
public final class FaultyStorage implements Storage {

    /// What becomes of submitted batches.
    public enum Submits {
        /// they go to the store behind
        PASS,
        /// they fail with [StorageUnavailable], nothing is written
        UNAVAILABLE,
        /// they fail with [StorageFailure], nothing is written
        FAIL_UNWRITTEN,
        /// they fail with [StorageFailure] although they are written; their callbacks do not run
        FAIL_WRITTEN,
        /// they wait, in order, until another mode is set, and then pass
        HOLD
    }

    /// What becomes of reads.
    public enum Reads {
        /// they go to the store behind
        PASS,
        /// they fail with [StorageFailure]
        FAIL,
        /// they wait until another mode is set, and then pass
        HOLD
    }

    private final Storage behind;
    private final List<CompletableFuture<Boolean>> held = new ArrayList<>();
    private Submits submits = Submits.PASS;
    private @Nullable Table only;
    private volatile Reads reads = Reads.PASS;
    private volatile CountDownLatch readsHeld = new CountDownLatch(0);
    private final AtomicInteger heldReads = new AtomicInteger();

    public FaultyStorage(Storage behind) {
        this.behind = behind;
    }

    /// Sets what becomes of batches from now on; held ones are passed on if they need not be held any longer.
    public synchronized void setSubmits(Submits mode) {
        submits = mode;
        only = null;
        if (mode != Submits.HOLD) {
            held.forEach(batch -> batch.complete(true));
            held.clear();
        }
    }

    /// Sets what becomes of batches that write to one table from now on; all others pass.
    public synchronized void setSubmits(Submits mode, Table writtenTo) {
        setSubmits(mode);
        only = writtenTo;
    }

    /// Sets what becomes of reads from now on.
    public synchronized void setReads(Reads mode) {
        readsHeld.countDown();
        readsHeld = new CountDownLatch(mode == Reads.HOLD ? 1 : 0);
        reads = mode;
    }

    /// How many batches are held.
    public synchronized int heldSubmits() {
        return held.size();
    }

    /// How many reads are held.
    public int heldReads() {
        return heldReads.get();
    }

    @Override
    public byte @Nullable [] get(Table table, Key partition, Key row) {
        beforeRead();
        return behind.get(table, partition, row);
    }

    @Override
    public List<Row> scan(Scan scan) {
        beforeRead();
        return behind.scan(scan);
    }

    private void beforeRead() {
        switch (reads) {
            case PASS -> {
            }
            case FAIL -> throw failure();
            case HOLD -> awaitRelease();
        }
    }

    private void awaitRelease() {
        heldReads.incrementAndGet();
        try {
            readsHeld.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new StorageFailure("interrupted while a test held the read", interruption);
        } finally {
            heldReads.decrementAndGet();
        }
    }

    @Override
    public synchronized CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
        boolean concerned = only == null || batch.writes().stream().anyMatch(write -> write.table() == only);
        return switch (concerned ? submits : Submits.PASS) {
            case PASS -> behind.submit(batch, committed);
            case UNAVAILABLE -> CompletableFuture.failedFuture(new StorageUnavailable("a test said so"));
            case FAIL_UNWRITTEN -> CompletableFuture.failedFuture(failure());
            case FAIL_WRITTEN -> behind.submit(batch, () -> {
            }).thenCompose(_ -> CompletableFuture.failedFuture(failure()));
            case HOLD -> hold(batch, committed);
        };
    }

    private CompletableFuture<Boolean> hold(Batch batch, Runnable committed) {
        var release = new CompletableFuture<Boolean>();
        held.add(release);
        return release.thenCompose(_ -> behind.submit(batch, committed));
    }

    private static StorageFailure failure() {
        return new StorageFailure("a test said so", new IllegalStateException("injected"));
    }

    /// Passes on what is held, then closes the store behind.
    @Override
    public void close() {
        setReads(Reads.PASS);
        setSubmits(Submits.PASS);
        behind.close();
    }
}
