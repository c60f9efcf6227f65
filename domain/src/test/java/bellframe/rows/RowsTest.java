package bellframe.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bellframe.refusals.Refused;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {

    @ParameterizedTest
    @ValueSource(longs = {
            0, 1, -1, 63, 64, -64, -65, 8_191, 8_192, Long.MAX_VALUE, Long.MIN_VALUE
    })
    void numbersReadBack(long number) {
        assertThat(new RowReader(new RowWriter(1).number(number).toBytes(), 1).number()).isEqualTo(number);
    }

    @Test
    void everyKindOfFieldReadsBackInOrder() {
        var time = Instant.parse("2026-03-01T12:00:00.123Z");
        byte[] row = new RowWriter(3).text("\u0000😀")
                .flag(true)
                .time(time)
                .optional(null, RowWriter::text)
                .optional("here", RowWriter::text)
                .list(List.of("a", ""), RowWriter::text)
                .bytes(new byte[]{1, 2})
                .toBytes();
        var reader = new RowReader(row, 3);
        assertThat(reader.version()).isEqualTo(3);
        assertThat(reader.text()).isEqualTo("\u0000😀");
        assertThat(reader.flag()).isTrue();
        assertThat(reader.time()).isEqualTo(time);
        assertThat(reader.<String>optional(RowReader::text)).isNull();
        assertThat(reader.<String>optional(RowReader::text)).isEqualTo("here");
        assertThat(reader.list(RowReader::text)).containsExactly("a", "");
        assertThat(reader.bytes()).containsExactly(1, 2);
    }

    @Test
    void aRowThatEndsEarlyOrIsNewerIsBroken() {
        byte[] row = new RowWriter(2).text("some text").toBytes();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> new RowReader(row, 1));
        for (int length = 1; length < row.length; length++) {
            var cut = new RowReader(java.util.Arrays.copyOf(row, length), 2);
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cut::text);
        }
    }

    @Test
    void pagesOfAnySizeGiveEachRowOnce() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var storage = new MemoryStorage()) {
            var names = new TreeSet<String>();
            var batch = new Batch();
            for (int i = 0; i < 200; i++) {
                String name = Integer.toString(random.nextInt(1_000_000), 36);
                names.add(name);
                batch.put(Table.TAGS, shard(Pages.shardOf(name)), Key.of(name), new byte[]{1});
            }
            storage.commit(batch);
            var pages = new Pages(storage);
            for (int limit : new int[]{1, 2, 7, 50, 199, 200, 201}) {
                var seen = new ArrayList<Key>();
                byte[] cursor = null;
                do {
                    Page<Row> page = pages.sharded(Table.TAGS, RowsTest::shard, cursor, limit);
                    page.items().forEach(row -> seen.add(row.key()));
                    assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                    cursor = page.next();
                } while (cursor != null);
                assertThat(seen).doesNotHaveDuplicates().hasSize(names.size());
            }
        }
    }

    @Test
    void aNameThatIsNoneOfItsKindMakesTheRowBroken() {
        byte[] row = new RowWriter(1).text("PURPLE").toBytes();
        assertThatIllegalStateException().isThrownBy(() -> new RowReader(row, 1).name(Thread.State.class))
                .withMessage("the row holds no State");
    }

    @Test
    void aPageTokenOpensOnlyForItsOwnList() {
        var tokens = new PageTokens(new byte[PageTokens.KEY_BYTES]);
        byte[] cursor = {5, 0, 7, 1, 1};
        String token = Objects.requireNonNull(tokens.seal("list a", cursor));
        assertThat(tokens.open("list a", token)).containsExactly(5, 0, 7, 1, 1);
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> tokens.open("list b", token));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> tokens.open("list a", "!"));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> tokens.open("list a", "AAAA"));
        for (int i = 0; i < token.length(); i++) {
            String forged = token.substring(0, i) + (token.charAt(i) == 'x' ? 'y' : 'x') + token.substring(i + 1);
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> tokens.open("list a", forged));
        }
        assertThat(tokens.seal("list a", null)).isNull();
        assertThat(tokens.open("list a", null)).isNull();
    }

    private static Key shard(int shard) {
        return Key.builder().text("list").number8(shard).build();
    }
}
