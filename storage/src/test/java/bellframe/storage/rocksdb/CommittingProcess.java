package bellframe.storage.rocksdb;

import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A process that commits without end, to be killed: prints the number of each batch once it is acknowledged.
///
/// Batch n is the n-th submitted, by whichever thread, and writes one row each in two tables and two partitions.
final class CommittingProcess {

    static final Key LEFT = Key.of("left");
    static final Key RIGHT = Key.of("right");
    private static final int THREADS = 16;

    private final Storage storage;
    private final PrintStream acknowledgements;
    private long next;

    private CommittingProcess(Storage storage, PrintStream acknowledgements) {
        this.storage = storage;
        this.acknowledgements = acknowledgements;
        this.next = storage.scan(Scan.descending(Table.MESSAGES, LEFT, null, 1))
                .stream()
                .mapToLong(row -> number(row.key()) + 1)
                .findFirst()
                .orElse(0);
    }

    /// Takes the data folder.
    static void main(String[] args) {
        var storage = RocksDbStorage.open(RocksDbOptions.of(Path.of(args[0])).withReserveBytes(0));
        var process = new CommittingProcess(storage, System.out);
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().start(process::commitForever);
        }
    }

    private void commitForever() {
        while (true) {
            var submitted = submitNext();
            Commits.await(submitted.answer());
            synchronized (acknowledgements) {
                acknowledgements.println(submitted.number());
                acknowledgements.flush();
            }
        }
    }

    private record Submitted(long number, CompletableFuture<Boolean> answer) {
    }

    private synchronized Submitted submitNext() {
        long number = next++;
        byte[] value = ByteBuffer.allocate(100 + (int) (number % 4000)).putLong(number).array();
        var batch = new Batch().put(Table.MESSAGES, LEFT, key(number), value)
                .put(Table.CHANNELS, RIGHT, key(number), value);
        return new Submitted(number, storage.submit(batch, () -> {
        }));
    }

    static Key key(long number) {
        return Key.builder().number64(number).build();
    }

    static long number(Key key) {
        return ByteBuffer.wrap(key.bytes()).getLong();
    }
}
