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

    public static MessageId create(Position position, RandomGenerator random) {
        byte[] tail = new byte[RANDOM_BYTES];
        random.nextBytes(tail);
        var hex = HexFormat.of();
        return new MessageId(position, hex.toHexDigits(position.micros()) + hex.formatHex(tail));
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
