package bellframe.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random names, against patterns that say the same in another way: what is parsed prints as it was, and nothing else is
/// parsed.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class NamesFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 5_000_000 : 100_000;
    private static final Pattern ARN = Pattern.compile(
            "arn:aws:chime:([^:]*):([^:]*):app-instance/([^/]+)(?:/([^/]+)/([^/]+))?", Pattern.DOTALL);
    private static final Pattern MESSAGE_ID = Pattern.compile("[0-7][0-9a-f]{63}");
    private static final String[] PIECES = {"arn:", "aws:", "chime:", "us-east-1", ":", "123456789012:",
            "app-instance/",
            "app-instance", "a", "/", "//", "user", "/user/", "/bot/", "/channel/", "x@y.z", "\n", "\0", "é", "😀",
            "\ud800",
            " ", "%2F", "arn:aws:chime:us-east-1:123456789012:app-instance/", "arn:aws:chime:::app-instance/"};

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed() {
        System.out.println("NamesFuzzTest seed " + seed);
    }

    @Test
    void arnsAreParsedExactly() {
        int parsed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = text();
            Matcher matcher = ARN.matcher(text);
            Optional<String> kind = matcher.matches()
                    ? Optional.of(matcher.group(4) == null ? "" : matcher.group(4))
                    : Optional.empty();

            Optional<AppInstanceArn> appInstance = AppInstanceArn.parse(text);
            Optional<UserArn> user = UserArn.parse(text);
            Optional<ChannelArn> channel = ChannelArn.parse(text);

            String what = "seed %d, %s".formatted(seed, text);
            assertThat(appInstance.map(Object::toString)).as(what)
                    .isEqualTo(kind.filter(String::isEmpty).map(_ -> text));
            assertThat(user.map(Object::toString)).as(what)
                    .isEqualTo(kind.filter(k -> k.equals("user") || k.equals("bot")).map(_ -> text));
            assertThat(channel.map(Object::toString)).as(what)
                    .isEqualTo(kind.filter(k -> k.equals("channel")).map(_ -> text));
            user.ifPresent(arn -> assertThat(arn.id()).as(what).isEqualTo(matcher.group(5)));
            channel.ifPresent(arn -> assertThat(arn.appInstance().id()).as(what).isEqualTo(matcher.group(3)));
            parsed += kind.isPresent() ? 1 : 0;
        }
        assertThat(parsed).as("some are ARNs, seed %d", seed).isPositive();
    }

    @Test
    void messageIdsAreParsedExactly() {
        for (int i = 0; i < ROUNDS; i++) {
            var position = new Position(random.nextLong() >>> (1 + random.nextInt(60)));
            MessageId id = MessageId.create(position, MessageId.Tail.draw(random));
            String spoiled = spoiled(id.text());

            assertThat(MessageId.parse(id.text())).as("seed %d", seed).contains(id);
            assertThat(MessageId.parse(spoiled).map(MessageId::toString)).as("seed %d, %s", seed, spoiled)
                    .isEqualTo(Optional.of(spoiled).filter(MESSAGE_ID.asMatchPredicate()));
        }
    }

    private String text() {
        var text = new StringBuilder();
        for (int left = random.nextInt(9); left > 0; left--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private String spoiled(String text) {
        int at = random.nextInt(text.length());
        char c = random.nextBoolean() ? "0189abcfgAF/:".charAt(random.nextInt(13)) : (char) random.nextInt(0x10000);
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + c + text.substring(at + 1);
            case 1 -> text.substring(0, at) + c + text.substring(at);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
    }
}
