package bellframe.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The text of a path label, query parameter or header that binds to a member of an input, and its conversions.
///
/// @param member the member's name, for messages
/// @param text the text, or null if it is absent
public record Parameter(String member, @Nullable String text) {

    public @Nullable String string() {
        return text;
    }

    public @Nullable Integer integer() {
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw new InvalidInput(member + ": must be a whole number");
        }
    }

    /// A moment as RFC 3339 or as seconds since 1970.
    public @Nullable Instant timestamp() {
        return text == null ? null : Timestamps.parse(member, text);
    }

    public <E extends WireValue> @Nullable E oneOf(EnumValues<E> values) {
        return text == null ? null : values.require(member, text);
    }
}
