package bellframe.outbound.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortenedBodyTest {

    private static final int ROUNDS = 500;
    private static final String[] CHARACTERS = {"a", "ä", "€", "😀", "\"", "\n"};

    @Test
    void asMuchIsKeptAsThereIsRoomFor() throws Exception {
        long seed = Long.getLong("bellframe.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            var body = new StringBuilder();
            int length = random.nextInt(60);
            for (int at = 0; at < length; at++) {
                body.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            }
            assertThatItFits(body.toString(), 2 + random.nextInt(100));
        }
    }

    private static void assertThatItFits(String body, int max) throws DeliveryFailed {
        String fit = ShortenedBody.fit(body, max, ShortenedBodyTest::made, ShortenedBodyTest::bytes);
        assertThat(bytes(fit)).isLessThanOrEqualTo(max);
        if (bytes(made(body)) <= max) {
            assertThat(fit).isEqualTo(made(body));
        } else if (fit.equals("<>")) {
            assertThat(max).isLessThan(bytes("<…>"));
        } else {
            String kept = fit.substring(1, fit.length() - 2);
            assertThat(fit).endsWith("…>");
            assertThat(body).startsWith(kept);
            int next = body.codePointAt(kept.length());
            assertThat(Character.isLowSurrogate((char) next)).isFalse();
            assertThat(bytes(fit) + Character.toString(next).getBytes(StandardCharsets.UTF_8).length)
                    .isGreaterThan(max);
        }
    }

    @Test
    void whatDoesNotFitWithoutBodyFailsForGood() {
        for (String body : new @Nullable String[]{null, "", "some"}) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                    () -> ShortenedBody.fit(body, 1, ShortenedBodyTest::made, ShortenedBodyTest::bytes));
            assertThat(problem.permanent()).isTrue();
        }
    }

    @Test
    void namesOfMessagesAreShortEnough() {
        assertThat(CollapseKey.of("id")).isEqualTo("id");
        assertThat(CollapseKey.of("ä".repeat(32))).hasSize(32);
        assertThat(CollapseKey.of("ä".repeat(33))).hasSize(64).isNotEqualTo(CollapseKey.of("ä".repeat(34)));
        assertThat(CollapseKey.topic("id")).hasSize(32).isEqualTo(CollapseKey.topic("id"));
        assertThat(CollapseKey.topic("id")).isNotEqualTo(CollapseKey.topic("di"));
    }

    @Test
    void timeToLiveIsBounded() {
        assertThat(TimeToLive.seconds(Instant.EPOCH.plusMillis(1_999), Instant.EPOCH)).isOne();
        assertThat(TimeToLive.seconds(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))).isZero();
        assertThat(TimeToLive.seconds(Instant.EPOCH.plusSeconds(1_000_000_000), Instant.EPOCH)).isEqualTo(2_419_200);
    }

    private static String made(@Nullable String body) {
        return "<" + (body == null ? "" : body) + ">";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
