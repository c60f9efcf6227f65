package bellframe.tags;

import bellframe.limits.Limit;
import bellframe.refusals.Refused;
import bellframe.rows.Partitions;
import bellframe.rows.RowWriter;
import bellframe.rows.StripedLocks;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;

/// Keeps the tags of resources. Their partition is named by the ARN alone.
public final class Tags {

    private static final int READ_ROWS = 1_000;

    private final Storage storage;
    private final StripedLocks locks = new StripedLocks();

    public Tags(Storage storage) {
        this.storage = storage;
    }

    /// Adds the writing of a new resource's tags to a batch.
    public static void record(Batch batch, String resourceArn, Map<String, String> tags) {
        tags.forEach((key, value) -> batch.put(Table.TAGS, Key.of(resourceArn), Key.of(key),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    /// Adds tags to the parameters of a request, in the same order for the same tags.
    public static void write(RowWriter parameters, Map<String, String> tags) {
        parameters.list(new TreeMap<>(tags).entrySet(), (row, tag) -> row.text(tag.getKey()).text(tag.getValue()));
    }

    /// The tags of a resource, in the order of their keys.
    public SequencedMap<String, String> of(String resourceArn) {
        var tags = new LinkedHashMap<String, String>();
        for (Row row : storage.scan(Scan.ascending(Table.TAGS, Key.of(resourceArn), null, READ_ROWS))) {
            tags.put(row.key().firstText(), new String(row.value(), StandardCharsets.UTF_8));
        }
        return tags;
    }

    /// Adds tags, over those of the same key.
    ///
    /// @throws Refused with [bellframe.refusals.Refusal#RESOURCE_LIMIT_EXCEEDED] if that would make too many
    public void add(String resourceArn, Map<String, String> tags) {
        Lock lock = locks.of(resourceArn);
        lock.lock();
        try {
            Map<String, String> all = of(resourceArn);
            all.putAll(tags);
            Limit.TAGS.requireRoomFor(all.size() - 1);
            var batch = new Batch();
            record(batch, resourceArn, tags);
            storage.commit(batch);
        } finally {
            lock.unlock();
        }
    }

    /// Removes tags; keys that there are not are as good as removed.
    public void remove(String resourceArn, Collection<String> keys) {
        var removal = new Batch();
        keys.forEach(key -> removal.delete(Table.TAGS, Key.of(resourceArn), Key.of(key)));
        storage.commit(removal);
    }

    /// Adds the removal of all tags of a resource to a batch.
    public static void removeAll(Batch batch, Storage storage, String resourceArn) {
        storage.scan(Scan.ascending(Table.TAGS, Key.of(resourceArn), null, READ_ROWS))
                .forEach(row -> batch.delete(Table.TAGS, Key.of(resourceArn), row.key()));
    }

    /// Removes all tags of a resource that is gone.
    public void removeAll(String resourceArn) {
        Partitions.empty(storage, Table.TAGS, Key.of(resourceArn));
    }
}
