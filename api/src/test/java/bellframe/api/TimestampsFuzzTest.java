package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random moments in every form that clients send, against the calendar of `java.time` and exact arithmetic.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class TimestampsFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 3_000_000 : 30_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String SIGNS = "0123456789+-:.TtZzeE ";

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed() {
        System.out.println("TimestampsFuzzTest seed " + seed);
    }

    @Test
    void datesOfEveryFormAreTheMomentTheyName() {
        for (int i = 0; i < ROUNDS; i++) {
            Instant moment = moment();
            int digits = random.nextInt(10);
            Instant cut = cut(moment, digits);

            String text = date(cut, digits, offset());

            assertThat(Timestamps.parse("NotBefore", text)).as("seed %d, %s", seed, text).isEqualTo(cut);
        }
    }

    @Test
    void numbersOfEveryFormAreTheMomentTheyName() {
        for (int i = 0; i < ROUNDS; i++) {
            Instant moment = moment();
            int digits = random.nextInt(10);
            BigDecimal seconds = BigDecimal.valueOf(moment.getEpochSecond())
                    .add(BigDecimal.valueOf(moment.getNano(), 9))
                    .setScale(digits, RoundingMode.FLOOR);

            String text = number(seconds);

            assertThat(Timestamps.parse("NotBefore", text)).as("seed %d, %s", seed, text).isEqualTo(instant(seconds));
            assertThat(Timestamps.parseSeconds("NotBefore", text)).as("seed %d, %s", seed, text)
                    .isEqualTo(instant(seconds));
        }
    }

    @Test
    void spoiledTimesAreReadAsTheCalendarSaysOrRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            Instant moment = moment();
            String text = spoiled(random.nextBoolean()
                    ? date(moment, 9, offset())
                    : number(BigDecimal.valueOf(moment.toEpochMilli(), 3)));

            Instant read = readOrNull(text);

            if (read != null) {
                assertThat(read).as("seed %d, %s", seed, text).isBetween(EARLIEST, LATEST).isEqualTo(reference(text));
            } else {
                assertThat(isPlain(text)).as("seed %d, %s", seed, text).isFalse();
            }
        }
    }

    @Test
    void whatIsWrittenReadsBack() {
        for (int i = 0; i < ROUNDS; i++) {
            Instant moment = cut(moment(), 3);

            assertThat(Timestamps.parse("m", Timestamps.iso(moment))).as("seed %d", seed).isEqualTo(moment);
            assertThat(Timestamps.parse("m", Timestamps.seconds(moment).toPlainString())).as("seed %d", seed)
                    .isEqualTo(moment);
        }
    }

    private static @Nullable Instant readOrNull(String text) {
        try {
            return Timestamps.parse("NotBefore", text);
        } catch (InvalidInput refused) {
            assertThat(refused).hasMessage("NotBefore: must be a timestamp");
            return null;
        }
    }

    /// Whether the text is a date in the most ordinary form, which must be read.
    private static boolean isPlain(String text) {
        if (!text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z")) {
            return false;
        }
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            return !moment.isBefore(EARLIEST);
        } catch (DateTimeException notInTheCalendar) {
            return false;
        }
    }

    private static Instant reference(String text) {
        if (text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return instant(new BigDecimal(text));
        }
        // Two moments that the calendar does not have stand for others: the end of a day, and a leap second.
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("T24:00:00")) {
            return reference(upper.replace("T24:00:00", "T00:00:00")).plusSeconds(86_400);
        }
        if (upper.contains("T23:59:60")) {
            return reference(upper.replace("T23:59:60", "T23:59:59"));
        }
        return OffsetDateTime.parse(upper, LENIENT_OFFSET).toInstant();
    }

    private static final DateTimeFormatter LENIENT_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .parseLenient()
            .appendOffset("+HH:mm:ss", "Z")
            .toFormatter(Locale.ROOT);

    private static Instant instant(BigDecimal seconds) {
        BigInteger nanos = seconds.movePointRight(9).setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.TEN.pow(9));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private Instant moment() {
        long bound = random.nextInt(4) == 0 ? 4_000_000_000L : LATEST.getEpochSecond() - 86_400;
        long earliest = random.nextInt(4) == 0 ? EARLIEST.getEpochSecond() + 86_400 : 0;
        return Instant.ofEpochSecond(random.nextLong(earliest, bound), random.nextInt(1_000_000_000));
    }

    private static Instant cut(Instant moment, int digits) {
        int unit = (int) Math.pow(10, 9 - digits);
        return moment.minusNanos(moment.get(ChronoField.NANO_OF_SECOND) % unit);
    }

    private ZoneOffset offset() {
        if (random.nextBoolean()) {
            return ZoneOffset.UTC;
        }
        return ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
    }

    private String date(Instant moment, int digits, ZoneOffset offset) {
        String text = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                .appendLiteral(digits == 0 ? "" : ".")
                .appendLiteral("%09d".formatted(moment.get(ChronoField.NANO_OF_SECOND)).substring(0, digits))
                .appendPattern("XXX")
                .toFormatter(Locale.ROOT)
                .format(moment.atOffset(offset));
        return random.nextInt(4) == 0 ? text.toLowerCase(Locale.ROOT) : text;
    }

    private String number(BigDecimal seconds) {
        return switch (random.nextInt(4)) {
            case 0 -> seconds.toPlainString();
            case 1 -> seconds.signum() < 0 ? seconds.toPlainString() : "+" + seconds.toPlainString();
            case 2 -> seconds.movePointLeft(9).toPlainString() + "E9";
            default -> seconds.movePointLeft(3).toPlainString() + (random.nextBoolean() ? "e+3" : "e3");
        };
    }

    private String spoiled(String text) {
        int at = random.nextInt(text.length());
        char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + sign + text.substring(at + 1);
            case 1 -> text.substring(0, at) + sign + text.substring(at);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
    }
}
