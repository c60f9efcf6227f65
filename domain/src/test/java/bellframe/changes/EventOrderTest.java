package bellframe.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.names.EventPosition;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventOrderTest {

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void positionsRiseWhateverTheClockDoesAndHoweverOftenTheServerStarts() {
        long seed = Long.getLong("bellframe.seed", System.nanoTime());
        System.out.println("EventOrderTest: seed " + seed);
        var random = new Random(seed);
        var order = new EventOrder(storage, clock);
        EventPosition last = order.start();
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(20)) {
                case 0 -> clock.move(Duration.ofSeconds(random.nextInt(120) - 60));
                case 1 -> clock.move(Duration.ofDays(random.nextInt(400) - 200));
                case 2 -> {
                    order = new EventOrder(storage, clock);
                    assertThat(order.start()).as("seed %d", seed).isGreaterThanOrEqualTo(last);
                    last = order.start();
                }
                default -> {
                    int count = 1 + random.nextInt(3);
                    EventPosition first = order.next(count, position -> position);
                    assertThat(first).as("seed %d", seed).isGreaterThan(last);
                    last = first.plus(count - 1L);
                }
            }
            assertThat(order.now()).as("seed %d", seed).isGreaterThan(last);
        }
    }

    @Test
    void eventsAreCommittedInTheOrderOfTheirPositions() throws Exception {
        var order = new EventOrder(storage, clock);
        var committed = new ConcurrentLinkedQueue<EventPosition>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                String row = "row-" + i;
                threads.execute(() -> order.next(position -> storage.submit(
                        new Batch().put(Table.META, Key.of("test"), Key.of(row), new byte[]{1}),
                        () -> committed.add(position))).join());
            }
        }
        List<EventPosition> positions = new ArrayList<>(committed);
        assertThat(positions).hasSize(500).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aStoreThatTakesNothingGivesNoPosition() {
        var order = new EventOrder(storage, clock);
        order.next(position -> position);
        storage.close();
        clock.move(Duration.ofDays(1));

        assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> order.next(position -> position));
    }

    @Test
    void aPositionIsReadFromItsTextAndNothingElse() {
        var position = new EventPosition(0x6611b9d27bcf1L);
        assertThat(EventPosition.parse(position.text())).contains(position);
        for (String text : List.of("", "6611b9d27bcf1", "ffffffffffffffff", "000661lb9d27bcf1",
                position.text() + "0")) {
            assertThat(EventPosition.parse(text)).as(text).isEmpty();
        }
        assertThat(EventPosition.parse(null)).isEmpty();
    }
}
