package bellframe.api;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text of a path label, query parameter, header or form field that binds to a member of an input, and its conversions.
///
/// @param member the member's name, for messages
/// @param text the text, or null if it is absent
public record Parameter(String member, @Nullable String text) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");

    public @Nullable String string() {
        return text;
    }

    public @Nullable Integer integer() {
        if (text == null) {
            return null;
        }
        // Java would take a plus sign, and the digits of any script.
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw notWhole();
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw notWhole();
        }
    }

    private InvalidInput notWhole() {
        return new InvalidInput(member + ": must be a whole number");
    }

    public @Nullable Boolean bool() {
        return switch (text) {
            case null -> null;
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new InvalidInput(member + ": must be true or false");
        };
    }

    /// A moment as RFC 3339 or as seconds since 1970.
    public @Nullable Instant timestamp() {
        return text == null ? null : Timestamps.parse(member, text);
    }

    public <E extends WireValue> @Nullable E oneOf(EnumValues<E> values) {
        return text == null ? null : values.require(member, text);
    }
}
