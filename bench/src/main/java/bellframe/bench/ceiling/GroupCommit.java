package bellframe.bench.ceiling;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Writes everything that waits as one, with one sync to disk, and answers it with one task for each event loop.
final class GroupCommit {

    private static final long WRITE_BUFFER_BYTES = 64L << 20;

    private final RocksDB database;
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final Broadcast broadcast;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private List<Waiting> queue = new ArrayList<>();
    private long written;

    private record Waiting(ChannelHandlerContext client, byte[] body, boolean broadcast) {
    }

    private GroupCommit(RocksDB database, Broadcast broadcast) {
        this.database = database;
        this.broadcast = broadcast;
    }

    /// Starts the writing thread, which ends with the process.
    static GroupCommit start(Path folder, Broadcast broadcast) {
        RocksDB.loadLibrary();
        try {
            var options = new Options().setCreateIfMissing(true)
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setWriteBufferSize(WRITE_BUFFER_BYTES)
                    .setBytesPerSync(1 << 20);
            var commits = new GroupCommit(RocksDB.open(options, folder.toString()), broadcast);
            Thread.ofPlatform().daemon().name("commit").start(commits::run);
            return commits;
        } catch (RocksDBException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void submit(ChannelHandlerContext client, byte[] body, boolean broadcasts) {
        lock.lock();
        try {
            queue.add(new Waiting(client, body, broadcasts));
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (;;) {
            List<Waiting> group = take();
            write(group);
            answer(group);
        }
    }

    private List<Waiting> take() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                more.awaitUninterruptibly();
            }
            List<Waiting> taken = queue;
            queue = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> group) {
        try (var batch = new WriteBatch()) {
            for (Waiting waiting : group) {
                batch.put(ByteBuffer.allocate(Long.BYTES).putLong(written++).array(), waiting.body());
            }
            database.write(durable, batch);
        } catch (RocksDBException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void answer(List<Waiting> group) {
        Map<EventExecutor, List<ChannelHandlerContext>> byLoop = new HashMap<>();
        for (Waiting waiting : group) {
            if (waiting.broadcast()) {
                broadcast.send();
            }
            byLoop.computeIfAbsent(waiting.client().executor(), _ -> new ArrayList<>()).add(waiting.client());
        }
        byLoop.forEach((loop, clients) -> loop.execute(() -> clients.forEach(RequestHandler::answer)));
    }
}
