package bellframe.names;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// 64 lower-case hex digits: the message's position in 16, then 48 random ones, so that the id leads to the row and
/// cannot be guessed from another.
public record MessageId(Position position, String text) {

    private static final int POSITION_DIGITS = 16;
    private static final int RANDOM_BYTES = 24;
    private static final int DIGITS = POSITION_DIGITS + 2 * RANDOM_BYTES;

    /// The random part of an id, drawn before there is a position, since positions are given under a lock and drawing may
    /// take a while.
    public record Tail(String digits) {

        public static Tail draw(RandomGenerator random) {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            return new Tail(HexFormat.of().formatHex(bytes));
        }
    }

    public static MessageId create(Position position, Tail tail) {
        return new MessageId(position, HexFormat.of().toHexDigits(position.micros()) + tail.digits());
    }

    /// Empty if this server cannot have given out the id.
    public static Optional<MessageId> parse(String text) {
        boolean wellFormed = text.length() == DIGITS && text.chars().allMatch(MessageId::isLowerCaseHexDigit)
                && HexFormat.isHexDigit(text.charAt(0)) && text.charAt(0) < '8';
        return wellFormed
                ? Optional
                        .of(new MessageId(new Position(HexFormat.fromHexDigitsToLong(text, 0, POSITION_DIGITS)), text))
                : Optional.empty();
    }

    private static boolean isLowerCaseHexDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    @Override
    public String toString() {
        return text;
    }
}
