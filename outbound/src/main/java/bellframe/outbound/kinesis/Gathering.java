package bellframe.outbound.kinesis;

import bellframe.outbox.DeliveryFailed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/// Gathers records into calls, stream by stream. A record that comes alone leaves at once; those that come while as many
/// calls are under way as may be leave together when one of them ends. Nothing of a stream is kept when it has no records
/// on their way. Safe for use by many threads.
final class Gathering {

    /// A stream answers in some 10 ms, and takes 1,000 records a second for each shard: more calls would only be smaller
    /// ones.
    static final int CALLS_MAX = 3;

    /// Kinesis takes 500, but its answer says something of each, and of an answer 64 KiB are read: 400 bytes for each leave
    /// room for the longest error messages.
    static final int RECORDS_MAX = 150;

    static final int BYTES_MAX = 5 * 1024 * 1024;

    /// Makes a call.
    interface Calling {

        /// Says of each record what became of it; if not, it is not known.
        void call(KinesisStreamArn stream, List<PendingRecord> records);
    }

    /// What one stream is to get.
    private static final class Queue {

        private final Deque<PendingRecord> records = new ArrayDeque<>();
        private int calls;
    }

    private final Calling calling;
    private final ThreadFactory threads = Thread.ofVirtual().name("kinesis-", 0).factory();
    private final Map<KinesisStreamArn, Queue> queues = new HashMap<>();

    Gathering(Calling calling) {
        this.calling = calling;
    }

    /// Returns once the stream has the record. Calls end within their limits, and so does this.
    void put(KinesisStreamArn stream, PendingRecord record) throws DeliveryFailed {
        start(stream, add(stream, record));
        try {
            record.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            remove(stream, record);
            throw DeliveryFailed.transientFailure("the call to the Kinesis stream was given up");
        }
    }

    private void start(KinesisStreamArn stream, List<PendingRecord> records) {
        if (!records.isEmpty()) {
            threads.newThread(() -> call(stream, records)).start();
        }
    }

    private void call(KinesisStreamArn stream, List<PendingRecord> records) {
        try {
            calling.call(stream, records);
        } finally {
            var unknown = DeliveryFailed.transientFailure("the Kinesis stream did not say what became of the record");
            records.forEach(record -> record.failed(unknown));
            start(stream, ended(stream));
        }
    }

    /// What is to be sent now.
    private synchronized List<PendingRecord> add(KinesisStreamArn stream, PendingRecord record) {
        Queue queue = queues.computeIfAbsent(stream, _ -> new Queue());
        queue.records.add(record);
        if (queue.calls == CALLS_MAX) {
            return List.of();
        }
        queue.calls++;
        return next(queue);
    }

    /// What is to be sent in place of a call that ended.
    private synchronized List<PendingRecord> ended(KinesisStreamArn stream) {
        Queue queue = queues.get(stream);
        if (queue == null) {
            throw new IllegalStateException("a call ended that had not begun");
        }
        List<PendingRecord> next = next(queue);
        if (next.isEmpty()) {
            queue.calls--;
            if (queue.calls == 0) {
                queues.remove(stream);
            }
        }
        return next;
    }

    private static List<PendingRecord> next(Queue queue) {
        var taken = new ArrayList<PendingRecord>();
        long bytes = 0;
        while (!queue.records.isEmpty() && taken.size() < RECORDS_MAX
                && bytes + queue.records.getFirst().bytes() <= BYTES_MAX) {
            PendingRecord record = queue.records.removeFirst();
            bytes += record.bytes();
            taken.add(record);
        }
        return taken;
    }

    private synchronized void remove(KinesisStreamArn stream, PendingRecord record) {
        Queue queue = queues.get(stream);
        if (queue != null) {
            queue.records.remove(record);
        }
    }

    /// How many records wait for a call, of all streams.
    synchronized int waiting() {
        return queues.values().stream().mapToInt(queue -> queue.records.size()).sum();
    }

    /// How many streams have records on their way.
    synchronized int streams() {
        return queues.size();
    }
}
