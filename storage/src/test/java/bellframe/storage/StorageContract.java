package bellframe.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [Storage] does; each implementation's test extends this.
@Timeout(120)
public abstract class StorageContract {

    private static final Key PARTITION = Key.of("partition");

    private Storage storage;

    /// A store without rows.
    protected abstract Storage open() throws Exception;

    /// The same store, after a restart if it outlives one.
    protected Storage restart(Storage open) throws Exception {
        return open;
    }

    protected static java.util.stream.LongStream seeds() {
        return new Random().longs(3);
    }

    @BeforeEach
    void openStorage() throws Exception {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void anAbsentRowReadsAsNull() {
        assertThat(storage.get(Table.TAGS, PARTITION, Key.EMPTY)).isNull();
    }

    @Test
    void aRowIsReadBackAsWritten() {
        put(Table.TAGS, PARTITION, Key.EMPTY, "first");
        put(Table.TAGS, PARTITION, Key.of("row"), "");

        assertThat(storage.get(Table.TAGS, PARTITION, Key.EMPTY)).isEqualTo(bytes("first"));
        assertThat(storage.get(Table.TAGS, PARTITION, Key.of("row"))).isEmpty();
    }

    @Test
    void aRowIsOverwrittenAndDeleted() {
        put(Table.TAGS, PARTITION, Key.of("row"), "old");
        put(Table.TAGS, PARTITION, Key.of("row"), "new");
        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.of("row")))).isEqualTo("new");

        storage.commit(new Batch().delete(Table.TAGS, PARTITION, Key.of("row")));
        assertThat(storage.get(Table.TAGS, PARTITION, Key.of("row"))).isNull();
    }

    @Test
    void deletingAnAbsentRowSucceeds() {
        assertThat(storage.commit(new Batch().delete(Table.TAGS, PARTITION, Key.of("row")))).isTrue();
    }

    @Test
    void theLastWriteOfARowInABatchCounts() {
        storage.commit(new Batch().put(Table.TAGS, PARTITION, Key.EMPTY, bytes("first"))
                .delete(Table.TAGS, PARTITION, Key.EMPTY)
                .put(Table.TAGS, PARTITION, Key.EMPTY, bytes("last")));

        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("last");
    }

    @Test
    void whatAReadReturnsIsTheCallersOwn() {
        put(Table.TAGS, PARTITION, Key.EMPTY, "value");
        byte[] read = Objects.requireNonNull(storage.get(Table.TAGS, PARTITION, Key.EMPTY));
        read[0] = 'X';
        storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 1)).getFirst().value()[0] = 'X';

        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("value");
    }

    @Test
    void aKeyAndAValueMayBeLarge() {
        var longest = Key.ofBytes(new byte[Key.MAX_BYTES]);
        storage.commit(new Batch().put(Table.TAGS, longest, longest, new byte[1 << 20]));

        assertThat(storage.get(Table.TAGS, longest, longest)).hasSize(1 << 20);
        assertThat(rows(Scan.descending(Table.TAGS, longest, null, 9))).containsExactly(longest);
    }

    @Test
    void anEmptyBatchIsCommitted() {
        var called = new AtomicBoolean();

        assertThat(Commits.await(storage.submit(new Batch(), () -> called.set(true)))).isTrue();
        assertThat(called).isTrue();
    }

    @Test
    void aScanOfAnAbsentPartitionIsEmpty() {
        put(Table.TAGS, Key.of("other"), Key.EMPTY, "value");

        assertThat(rows(Scan.ascending(Table.TAGS, PARTITION, null, 10))).isEmpty();
        assertThat(rows(Scan.descending(Table.TAGS, PARTITION, null, 10))).isEmpty();
    }

    @Test
    void aScanReturnsRowsInKeyOrder() {
        putNumbers(3, 1, 200, 2);

        assertThat(numbers(Scan.ascending(Table.TAGS, PARTITION, null, 10))).containsExactly(1, 2, 3, 200);
        assertThat(numbers(Scan.descending(Table.TAGS, PARTITION, null, 10))).containsExactly(200, 3, 2, 1);
    }

    @Test
    void aScanReturnsTheValues() {
        put(Table.TAGS, PARTITION, Key.of("a"), "1");
        put(Table.TAGS, PARTITION, Key.of("b"), "2");

        assertThat(storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 10)))
                .extracting(row -> text(row.value()))
                .containsExactly("1", "2");
    }

    @Test
    void aScanBeginsWithFromAndEndsBeforeTo() {
        putNumbers(1, 2, 3, 4, 5);

        assertThat(numbers(scan(2, 4, false))).containsExactly(2, 3);
        assertThat(numbers(scan(4, 2, true))).containsExactly(4, 3);
        assertThat(numbers(scan(4, null, false))).containsExactly(4, 5);
        assertThat(numbers(scan(2, null, true))).containsExactly(2, 1);
        assertThat(numbers(scan(null, 3, false))).containsExactly(1, 2);
        assertThat(numbers(scan(null, 3, true))).containsExactly(5, 4);
    }

    @Test
    void aScansBoundsNeedNotBeRows() {
        putNumbers(10, 20, 30);

        assertThat(numbers(scan(11, 29, false))).containsExactly(20);
        assertThat(numbers(scan(29, 11, true))).containsExactly(20);
        assertThat(numbers(scan(31, null, false))).isEmpty();
        assertThat(numbers(scan(9, null, true))).isEmpty();
    }

    @Test
    void aScanWhoseEndIsBeforeItsStartIsEmpty() {
        putNumbers(1, 2, 3);

        assertThat(numbers(scan(3, 1, false))).isEmpty();
        assertThat(numbers(scan(2, 2, false))).isEmpty();
        assertThat(numbers(scan(1, 3, true))).isEmpty();
        assertThat(numbers(scan(2, 2, true))).isEmpty();
    }

    @Test
    void aScanStopsAtItsLimit() {
        putNumbers(1, 2, 3);

        assertThat(numbers(Scan.ascending(Table.TAGS, PARTITION, null, 2))).containsExactly(1, 2);
        assertThat(numbers(Scan.descending(Table.TAGS, PARTITION, null, 2))).containsExactly(3, 2);
    }

    @Test
    void partitionsWhoseKeysArePrefixesOfOneAnotherAreApart() {
        var partitions = List.of(key(), key(1), key(1, 2), key(1, 2, 3), key(1, 3), key(0xFF), key(0xFF, 0xFF));
        var rowKeys = List.of(key(), key(2), key(2, 3), key(0xFF), key(0));
        for (var partition : partitions) {
            for (var row : rowKeys) {
                storage.commit(new Batch().put(Table.TAGS, partition, row, partition.bytes()));
            }
        }

        for (var partition : partitions) {
            assertThat(storage.scan(Scan.ascending(Table.TAGS, partition, null, 100)))
                    .allSatisfy(row -> assertThat(row.value()).isEqualTo(partition.bytes()))
                    .extracting(Row::key)
                    .containsExactlyElementsOf(rowKeys.stream().sorted().toList());
            assertThat(rows(Scan.descending(Table.TAGS, partition, null, 100)))
                    .containsExactlyElementsOf(rowKeys.stream().sorted(Collections.reverseOrder()).toList());
        }
    }

    @Test
    void tablesAreApart() {
        put(Table.TAGS, PARTITION, Key.EMPTY, "tag");

        assertThat(storage.get(Table.CHANNELS, PARTITION, Key.EMPTY)).isNull();
        assertThat(rows(Scan.ascending(Table.CHANNELS, PARTITION, null, 10))).isEmpty();
    }

    @Test
    void everyTableTakesRows() {
        for (var table : Table.values()) {
            put(table, PARTITION, Key.of("row"), table.name());
        }
        for (var table : Table.values()) {
            assertThat(text(storage.get(table, PARTITION, Key.of("row")))).isEqualTo(table.name());
        }
    }

    @Test
    void aBatchIsSeenWholeOrNotAtAll() throws Exception {
        try (var threads = Executors.newCachedThreadPool()) {
            var done = new AtomicBoolean();
            var reader = threads.submit(() -> readWholeBatches(done));
            for (int round = 0; round < 300; round++) {
                var batch = new Batch();
                for (int row = 0; row < 10; row++) {
                    batch.put(Table.TAGS, PARTITION, key(row), bytes("" + round));
                }
                storage.commit(batch);
            }
            done.set(true);
            reader.get();
        }
    }

    private void readWholeBatches(AtomicBoolean done) {
        while (!done.get()) {
            assertThat(storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 10)))
                    .extracting(row -> text(row.value()))
                    .satisfiesAnyOf(values -> assertThat(values).isEmpty(),
                            values -> assertThat(Collections.frequency(values, values.getFirst())).isEqualTo(10));
        }
    }

    @Test
    void aRowRequiredAbsentIsWrittenOnce() {
        assertThat(storage.commit(create("first"))).isTrue();
        assertThat(storage.commit(create("second"))).isFalse();

        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("first");
    }

    @Test
    void aRowRequiredEqualIsReplacedIfItIs() {
        put(Table.TAGS, PARTITION, Key.EMPTY, "1");

        assertThat(storage.commit(replace("1", "2"))).isTrue();
        assertThat(storage.commit(replace("1", "3"))).isFalse();
        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("2");
    }

    @Test
    void anAbsentRowEqualsNothing() {
        assertThat(storage.commit(replace("", "new"))).isFalse();
    }

    @Test
    void aFailedConditionWritesNothing() {
        put(Table.TAGS, PARTITION, Key.of("taken"), "1");
        var called = new AtomicBoolean();
        var batch = new Batch().put(Table.CHANNELS, PARTITION, Key.of("new"), bytes("value"))
                .delete(Table.TAGS, PARTITION, Key.of("taken"))
                .requireAbsent(Table.TAGS, PARTITION, Key.of("free"))
                .requireAbsent(Table.TAGS, PARTITION, Key.of("taken"));

        assertThat(Commits.await(storage.submit(batch, () -> called.set(true)))).isFalse();
        assertThat(called).isFalse();
        assertThat(storage.get(Table.CHANNELS, PARTITION, Key.of("new"))).isNull();
        assertThat(storage.get(Table.TAGS, PARTITION, Key.of("taken"))).isNotNull();
    }

    @Test
    void aConditionMayBeOnAnotherTableOfThePartition() {
        put(Table.CHANNELS, PARTITION, Key.EMPTY, "channel");
        var batch = create("tag").requireEqual(Table.CHANNELS, PARTITION, Key.EMPTY, bytes("channel"));

        assertThat(storage.commit(batch)).isTrue();
    }

    @Test
    void aConditionalBatchOverTwoPartitionsIsRefused() {
        var writesElsewhere = new Batch().requireAbsent(Table.TAGS, PARTITION, Key.EMPTY)
                .put(Table.TAGS, Key.of("other"), Key.EMPTY, bytes("value"));
        var readsElsewhere = new Batch().requireAbsent(Table.TAGS, PARTITION, Key.EMPTY)
                .requireAbsent(Table.TAGS, Key.of("other"), Key.EMPTY);

        assertThatThrownBy(() -> storage.submit(writesElsewhere, StorageContract::nothing))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.submit(readsElsewhere, StorageContract::nothing))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConditionSeesTheBatchesSubmittedBeforeIt() throws Exception {
        var answers = whileTheCommittingThreadIsHeld(() -> List.of(
                storage.submit(create("first"), StorageContract::nothing),
                storage.submit(create("second"), StorageContract::nothing),
                storage.submit(replace("first", "third"), StorageContract::nothing),
                storage.submit(new Batch().delete(Table.TAGS, PARTITION, Key.EMPTY), StorageContract::nothing),
                storage.submit(replace("third", "fourth"), StorageContract::nothing),
                storage.submit(create("fifth"), StorageContract::nothing)));

        assertThat(answers.stream().map(Commits::await)).containsExactly(true, false, true, true, false, true);
        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("fifth");
    }

    @Test
    void ofManyWhoCreateARowOneSucceeds() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 50; i++) {
                String value = "" + i;
                attempts.add(threads.submit(() -> storage.commit(create(value))));
            }
            int created = 0;
            for (var attempt : attempts) {
                created += attempt.get() ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        }
    }

    @Test
    void conditionalIncrementsFromManyThreadsAllCount() throws Exception {
        put(Table.TAGS, PARTITION, Key.EMPTY, "0");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var increments = new ArrayList<Future<?>>();
            for (int i = 0; i < 8; i++) {
                increments.add(threads.submit(() -> {
                    for (int n = 0; n < 20; n++) {
                        increment();
                    }
                }));
            }
            for (var increment : increments) {
                increment.get();
            }
        }
        assertThat(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))).isEqualTo("160");
    }

    private void increment() {
        String old;
        do {
            old = text(storage.get(Table.TAGS, PARTITION, Key.EMPTY));
        } while (!storage.commit(replace(old, "" + (Integer.parseInt(old) + 1))));
    }

    @Test
    void callbacksRunAndFuturesCompleteInSubmissionOrder() throws Exception {
        int threadCount = 16;
        int perThread = 100;
        var order = new SubmissionOrder(storage, threadCount * perThread);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var submitters = new ArrayList<Future<?>>();
            for (int thread = 0; thread < threadCount; thread++) {
                submitters.add(threads.submit(() -> {
                    for (int i = 0; i < perThread; i++) {
                        order.submitNext();
                    }
                }));
            }
            for (var submitter : submitters) {
                submitter.get();
            }
        }
        order.awaitAll();

        assertThat(order.called).containsExactlyElementsOf(
                java.util.stream.IntStream.range(0, threadCount * perThread).boxed().toList());
        assertThat(order.violations).isEmpty();
        assertThat(order.callbackThreads).hasSize(1);
    }

    /// Submits under a lock, so that the order of submission is known, and records what the callbacks see.
    private static final class SubmissionOrder {

        private final Storage storage;
        private final ReentrantLock lock = new ReentrantLock();
        private final List<CompletableFuture<Boolean>> futures;
        private final List<Integer> called = Collections.synchronizedList(new ArrayList<>());
        private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
        private final java.util.Set<Thread> callbackThreads = Collections.synchronizedSet(new java.util.HashSet<>());
        private int next;

        SubmissionOrder(Storage storage, int count) {
            this.storage = storage;
            this.futures = new ArrayList<>(Collections.nCopies(count, CompletableFuture.completedFuture(true)));
        }

        void submitNext() {
            lock.lock();
            try {
                int index = next++;
                var previous = index == 0 ? CompletableFuture.completedFuture(true) : futures.get(index - 1);
                var batch = new Batch().put(Table.TAGS, PARTITION, key(index % 7), bytes("" + index));
                futures.set(index, storage.submit(batch, () -> recordCallback(index, previous)));
            } finally {
                lock.unlock();
            }
        }

        private void recordCallback(int index, CompletableFuture<Boolean> previous) {
            called.add(index);
            callbackThreads.add(Thread.currentThread());
            if (!previous.isDone()) {
                violations.add("the callback of " + index + " ran before the future before it completed");
            }
        }

        void awaitAll() {
            futures.forEach(Commits::await);
        }
    }

    @Test
    void theCallbackSeesTheBatchAndRunsBeforeTheFutureCompletes() {
        var seen = new CompletableFuture<@Nullable String>();
        var answer = storage.submit(new Batch().put(Table.TAGS, PARTITION, Key.EMPTY, bytes("value")),
                () -> seen.complete(text(storage.get(Table.TAGS, PARTITION, Key.EMPTY))));
        Commits.await(answer);

        assertThat(seen).isCompletedWithValue("value");
    }

    @Test
    void aReadAfterTheFutureCompletesSeesTheWrite() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 8; thread++) {
                var partition = key(thread);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        put(Table.TAGS, partition, Key.EMPTY, "" + i);
                        assertThat(text(storage.get(Table.TAGS, partition, Key.EMPTY))).isEqualTo("" + i);
                    }
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
    }

    @Test
    void aThrowingCallbackHarmsNobody() {
        var batch = new Batch().put(Table.TAGS, PARTITION, Key.EMPTY, bytes("value"));
        var throwing = storage.submit(batch, () -> {
            throw new IllegalStateException("thrown by a test");
        });
        var failing = storage.submit(batch, () -> {
            throw new AssertionError("thrown by a test");
        });

        assertThat(Commits.await(throwing)).isTrue();
        assertThat(Commits.await(failing)).isTrue();
        assertThat(storage.commit(batch)).isTrue();
    }

    @Test
    void closingCommitsWhatIsQueued() throws Exception {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 100; i++) {
            answers.add(storage.submit(new Batch().put(Table.TAGS, PARTITION, key(i), bytes("value")),
                    StorageContract::nothing));
        }
        storage.close();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(true));
    }

    @Test
    void aClosedStoreIsUnavailable() {
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.get(Table.TAGS, PARTITION, Key.EMPTY))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> rows(Scan.ascending(Table.TAGS, PARTITION, null, 1)))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> storage.commit(new Batch())).isInstanceOf(StorageUnavailable.class);
        assertThat(storage.submit(new Batch(), StorageContract::nothing)).isCompletedExceptionally();
    }

    @Test
    void closingWhileOthersReadAndWriteEndsThemCleanly() throws Exception {
        put(Table.TAGS, PARTITION, Key.EMPTY, "value");
        try (var threads = Executors.newCachedThreadPool()) {
            var started = new CountDownLatch(12);
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> repeatUntilUnavailable(started,
                        () -> storage.get(Table.TAGS, PARTITION, Key.EMPTY))));
                callers.add(threads.submit(() -> repeatUntilUnavailable(started,
                        () -> storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 10)))));
                callers.add(threads.submit(() -> repeatUntilUnavailable(started,
                        () -> put(Table.TAGS, PARTITION, Key.EMPTY, "value"))));
            }
            started.await();
            storage.close();
            for (var caller : callers) {
                caller.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void repeatUntilUnavailable(CountDownLatch started, Runnable call) {
        try {
            call.run();
            started.countDown();
            while (true) {
                call.run();
            }
        } catch (StorageUnavailable expected) {
            assertThat(started.getCount()).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomCallsAgreeWithAModel(long seed) throws Exception {
        var comparison = new ModelComparison(seed);
        for (int round = 0; round < 4; round++) {
            comparison.run(storage, 400);
            storage = restart(storage);
            comparison.compareEverything(storage);
        }
    }

    /// Holds the committing thread in a callback while the work submits, so that what it submits becomes one group.
    private <T> T whileTheCommittingThreadIsHeld(java.util.function.Supplier<T> work) throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var hold = storage.submit(new Batch(), () -> {
            held.countDown();
            awaitUnchecked(release);
        });
        held.await();
        try {
            return work.get();
        } finally {
            release.countDown();
            Commits.await(hold);
        }
    }

    private static void nothing() {
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    private void put(Table table, Key partition, Key row, String value) {
        assertThat(storage.commit(new Batch().put(table, partition, row, bytes(value)))).isTrue();
    }

    private void putNumbers(int... numbers) {
        var batch = new Batch();
        for (int number : numbers) {
            batch.put(Table.TAGS, PARTITION, key(number), bytes("value"));
        }
        storage.commit(batch);
    }

    private static Batch create(String value) {
        return new Batch().requireAbsent(Table.TAGS, PARTITION, Key.EMPTY)
                .put(Table.TAGS, PARTITION, Key.EMPTY, bytes(value));
    }

    private static Batch replace(String old, String value) {
        return new Batch().requireEqual(Table.TAGS, PARTITION, Key.EMPTY, bytes(old))
                .put(Table.TAGS, PARTITION, Key.EMPTY, bytes(value));
    }

    private static Scan scan(@Nullable Integer from, @Nullable Integer to, boolean descending) {
        return new Scan(Table.TAGS, PARTITION, from == null ? null : key(from), to == null ? null : key(to), 100,
                descending);
    }

    private List<Key> rows(Scan scan) {
        return storage.scan(scan).stream().map(Row::key).toList();
    }

    private List<Integer> numbers(Scan scan) {
        return rows(scan).stream().map(key -> key.bytes()[0] & 0xFF).toList();
    }

    private static Key key(int... bytes) {
        var key = Key.builder();
        for (int part : bytes) {
            key.number8(part);
        }
        return key.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }
}
