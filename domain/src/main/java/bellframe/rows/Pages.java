package bellframe.rows;

import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads a list that is spread over the shards of a table, page by page: shard after shard, each in key order.
///
/// The order is stable, so that paging neither repeats nor skips a row that is there throughout. A cursor is the shard's
/// number in one byte and the key of the last row seen.
public final class Pages {

    /// The number of partitions of a list with shards.
    public static final int SHARDS = 16;

    /// How many rows to read at once where everything is read in turn.
    public static final int SWEEP_ROWS = 500;

    private final Storage storage;

    public Pages(Storage storage) {
        this.storage = storage;
    }

    /// The shard of a row: the same for the same name on every machine and in every version.
    public static int shardOf(String name) {
        return Math.floorMod(name.hashCode(), SHARDS);
    }

    /// The keys of all shards' partitions.
    public static List<Key> shards(IntFunction<Key> partitions) {
        return IntStream.range(0, SHARDS).mapToObj(partitions).toList();
    }

    /// Does something with every item of a list, reading page after page; what it is done with may be removed by it.
    ///
    /// @param list reads the page that begins at a cursor
    public static <T> void forEach(Function<byte @Nullable [], Page<T>> list, Consumer<T> action) {
        byte[] cursor = null;
        do {
            Page<T> page = list.apply(cursor);
            page.items().forEach(action);
            cursor = page.next();
        } while (cursor != null);
    }

    /// Does something with every item of a list, reading page after page, with the items of a page at once, so that what
    /// they write shares its way to the disk.
    ///
    /// @param list reads the page that begins at a cursor
    /// @throws RuntimeException what the first of the actions that failed threw, once all of its page have ended
    public static <T> void forEachAtOnce(Function<byte @Nullable [], Page<T>> list, Consumer<T> action) {
        byte[] cursor = null;
        do {
            Page<T> page = list.apply(cursor);
            var actions = page.items()
                    .stream()
                    .map(item -> (Callable<@Nullable Void>) () -> {
                        action.accept(item);
                        return null;
                    })
                    .toList();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<@Nullable Void> done : threads.invokeAll(actions)) {
                    done.get();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted before the end of the list", interrupted);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
            }
            cursor = page.next();
        } while (cursor != null);
    }

    /// Reads from the shards 0 to [#SHARDS] - 1.
    public Page<Row> sharded(Table table, IntFunction<Key> partitions, byte @Nullable [] cursor, int limit) {
        return read(table, partitions, SHARDS, cursor, limit);
    }

    /// Reads a list that is one partition.
    public Page<Row> single(Table table, Key partition, byte @Nullable [] cursor, int limit) {
        return read(table, _ -> partition, 1, cursor, limit);
    }

    private Page<Row> read(Table table, IntFunction<Key> partitions, int shards, byte @Nullable [] cursor, int limit) {
        var rows = new ArrayList<Row>(limit);
        byte[] last = cursor;
        for (int shard = shardAt(cursor, shards); shard < shards; shard++) {
            Key from = shard == shardAt(cursor, shards) ? keyAfter(cursor) : null;
            // One row more than wanted tells whether there is a next page.
            int wanted = limit - rows.size() + 1;
            List<Row> found = storage.scan(Scan.ascending(table, partitions.apply(shard), from, wanted));
            for (Row row : found) {
                if (rows.size() == limit) {
                    return new Page<>(rows, last);
                }
                rows.add(row);
                last = cursorAt(shard, row.key());
            }
        }
        return new Page<>(rows, null);
    }

    private static int shardAt(byte @Nullable [] cursor, int shards) {
        return cursor == null || cursor.length == 0 ? 0 : Math.min(Byte.toUnsignedInt(cursor[0]), shards);
    }

    private static @Nullable Key keyAfter(byte @Nullable [] cursor) {
        if (cursor == null || cursor.length == 0) {
            return null;
        }
        return Key.ofBytes(Arrays.copyOfRange(cursor, 1, cursor.length)).next();
    }

    private static byte[] cursorAt(int shard, Key key) {
        byte[] bytes = key.bytes();
        byte[] cursor = new byte[bytes.length + 1];
        cursor[0] = (byte) shard;
        System.arraycopy(bytes, 0, cursor, 1, bytes.length);
        return cursor;
    }
}
