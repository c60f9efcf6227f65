package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerHeaderTest {

    private static final String USER = "arn:aws:chime:us-east-1:123456789012:app-instance/a/user/b";
    private static final String BOT = "arn:aws:chime:us-east-1:123456789012:app-instance/a/bot/b";

    /// What the header must look like, in one expression.
    private static final Pattern SHAPE = Pattern.compile(
            "arn:[a-z0-9.-]{1,63}:chime:[a-z0-9.-]{0,63}:[a-z0-9.-]{0,63}:(?=.{1,1024}\\z)"
                    + "app-instance/[^/]+/(?:user|bot)/.+",
            Pattern.DOTALL);

    /// The parts that bearers are made of here: those of a user's or bot's ARN, and what comes close.
    private static final List<String> PIECES = List.of("arn", ":", ":", ":", "aws", "chime", "us-east-1",
            "a".repeat(63),
            "app-instance/", "app-instance/", "/", "user/", "bot/", "users/", "x", "\n", "\u00E9", "\uD83D\uDE00",
            "\uD83D", "b".repeat(990), "\uD83D\uDE00".repeat(500));

    @ParameterizedTest
    @ValueSource(strings = {USER, BOT, "arn:a:chime:::app-instance/a:b/user/c/d", USER + "\n", USER + "\uD83D\uDE00"})
    void theArnOfAUserOrBotPasses(String bearer) {
        assertThatCode(() -> BearerHeader.check(List.of(bearer))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b", "arn:aws:chime:us-east-1:123456789012:app-instance/a",
            "arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/b",
            "arn:aws:chime:us-east-1:123456789012:app-instance/a/user/",
            "arn:aws:chime:us-east-1:123456789012:app-instance//user/b",
            "arn:aws:iam:us-east-1:123456789012:app-instance/a/user/b", " " + USER})
    void anythingElseIsRefused(String bearer) {
        assertThatThrownBy(() -> BearerHeader.check(List.of(bearer))).isInstanceOf(Refused.class);
    }

    @Test
    void twoBearersOrNoneAreRefused() {
        assertThatThrownBy(() -> BearerHeader.check(List.of())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> BearerHeader.check(List.of(USER, USER))).isInstanceOf(Refused.class);
    }

    @Test
    void theResourceIsAsLongAsTheModelsAllow() {
        String legal = USER + "\uD83D\uDE00".repeat(1_024 - "app-instance/a/user/b".length());

        assertThatCode(() -> BearerHeader.check(List.of(legal))).doesNotThrowAnyException();
        assertThatThrownBy(() -> BearerHeader.check(List.of(legal + "b"))).isInstanceOf(Refused.class);
    }

    @Test
    void bearersThatComeCloseAreTakenAsTheOneExpressionSays() {
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        var random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            String bearer = changed(random.nextBoolean() ? USER : BOT, random);

            boolean passes = passes(bearer);

            assertThat(passes).as("seed %d, bearer '%s'", seed, bearer).isEqualTo(SHAPE.matcher(bearer).matches());
        }
    }

    private static String changed(String bearer, Random random) {
        var text = new StringBuilder(bearer);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = random.nextBoolean() ? from : Math.min(text.length(), from + 1 + random.nextInt(3));
            text.replace(from, to, random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static boolean passes(String bearer) {
        try {
            BearerHeader.check(List.of(bearer));
            return true;
        } catch (Refused _) {
            return false;
        }
    }
}
