package bellframe.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Makes random calls on a store and checks each answer against the plainest model that could work.
final class ModelComparison {

    private record Place(Table table, Key partition, Key row) {
    }

    private static final List<Table> TABLES = List.of(Table.TAGS, Table.CHANNELS, Table.MESSAGES);
    private static final int[] ALPHABET = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

    private final Random random;
    private final Map<Place, byte[]> model = new HashMap<>();

    ModelComparison(long seed) {
        this.random = new Random(seed);
    }

    void run(Storage storage, int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(5)) {
                case 0 -> commitPlain(storage);
                case 1 -> commitConditional(storage);
                case 2 -> compareGet(storage, place());
                default -> compareScan(storage, scan());
            }
        }
    }

    void compareEverything(Storage storage) {
        for (var place : List.copyOf(model.keySet())) {
            compareGet(storage, place);
            compareScan(storage, Scan.ascending(place.table(), place.partition(), null, 1000));
            compareScan(storage, Scan.descending(place.table(), place.partition(), null, 1000));
        }
    }

    private void commitPlain(Storage storage) {
        var batch = new Batch();
        for (int writes = random.nextInt(6); writes > 0; writes--) {
            write(batch, place());
        }
        assertThat(storage.commit(batch)).isTrue();
        apply(batch);
    }

    private void commitConditional(Storage storage) {
        var batch = new Batch();
        var partition = key(2);
        for (int conditions = 1 + random.nextInt(2); conditions > 0; conditions--) {
            require(batch, new Place(table(), partition, key(2)));
        }
        for (int writes = random.nextInt(4); writes > 0; writes--) {
            write(batch, new Place(table(), partition, key(2)));
        }
        boolean expected = batch.conditions().stream().allMatch(this::holds);
        assertThat(storage.commit(batch)).isEqualTo(expected);
        if (expected) {
            apply(batch);
        }
    }

    private void write(Batch batch, Place place) {
        if (random.nextInt(4) == 0) {
            batch.delete(place.table(), place.partition(), place.row());
        } else {
            batch.put(place.table(), place.partition(), place.row(), value());
        }
    }

    private void require(Batch batch, Place place) {
        byte[] present = model.get(place);
        byte[] expected = random.nextInt(4) == 0 ? value() : present;
        if (expected == null) {
            batch.requireAbsent(place.table(), place.partition(), place.row());
        } else {
            batch.requireEqual(place.table(), place.partition(), place.row(), expected);
        }
    }

    private boolean holds(Batch.Condition condition) {
        byte[] found = model.get(new Place(condition.table(), condition.partition(), condition.row()));
        return java.util.Arrays.equals(found, condition.expected());
    }

    private void apply(Batch batch) {
        for (var write : batch.writes()) {
            var place = new Place(write.table(), write.partition(), write.row());
            byte[] value = write.value();
            if (value == null) {
                model.remove(place);
            } else {
                model.put(place, value);
            }
        }
    }

    private void compareGet(Storage storage, Place place) {
        assertThat(storage.get(place.table(), place.partition(), place.row())).isEqualTo(model.get(place));
    }

    private void compareScan(Storage storage, Scan scan) {
        Comparator<Key> order = scan.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        var expected = model.entrySet()
                .stream()
                .filter(entry -> entry.getKey().table() == scan.table())
                .filter(entry -> entry.getKey().partition().equals(scan.partition()))
                .filter(entry -> isWithin(scan, order, entry.getKey().row()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Place::row, order)))
                .limit(scan.limit())
                .map(entry -> describe(entry.getKey().row(), entry.getValue()))
                .toList();
        var found = storage.scan(scan).stream().map(row -> describe(row.key(), row.value())).toList();
        assertThat(found).as(scan.toString()).isEqualTo(expected);
    }

    private static boolean isWithin(Scan scan, Comparator<Key> order, Key row) {
        Key from = scan.from();
        Key to = scan.to();
        return (from == null || order.compare(row, from) >= 0) && (to == null || order.compare(row, to) < 0);
    }

    private static String describe(Key row, byte[] value) {
        return row + "=" + HexFormat.of().formatHex(value);
    }

    private Scan scan() {
        return new Scan(table(), key(2), maybeKey(), maybeKey(), 1 + random.nextInt(8), random.nextBoolean());
    }

    private Place place() {
        return new Place(table(), key(2), key(2));
    }

    private Table table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private @Nullable Key maybeKey() {
        return random.nextInt(3) == 0 ? null : key(3);
    }

    private Key key(int longest) {
        var key = Key.builder();
        for (int length = random.nextInt(longest + 1); length > 0; length--) {
            key.number8(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return key.build();
    }

    private byte[] value() {
        byte[] value = new byte[random.nextInt(4)];
        random.nextBytes(value);
        return value;
    }
}
