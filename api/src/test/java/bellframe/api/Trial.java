package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One input just inside or just outside a constraint.
///
/// @param place where the value stands
/// @param value what stands there, shortened for messages
/// @param input the whole input
/// @param complaint what the message about the input must be; null if the input is legal
/// @param maybe whether an input is legal that draws no complaint
public record Trial(InputPlace place, String value, ObjectNode input, @Nullable Pattern complaint, boolean maybe) {

    private static final int SHOWN_CHARS = 60;

    static Trial legal(InputPlace place, JsonNode value) {
        return new Trial(place, shown(value), place.with().apply(value), null, false);
    }

    /// A value whose length is legal but which may break the pattern, which is checked after the length.
    static Trial legalUnlessPatternBroken(InputPlace place, JsonNode value) {
        Pattern complaint = Samples.pattern(place.shape()) == null ? null : begins(place, "must match the pattern ");
        return new Trial(place, shown(value), place.with().apply(value), complaint, complaint != null);
    }

    /// @param rule the whole rule that the message names
    static Trial broken(InputPlace place, JsonNode value, String rule) {
        return new Trial(place, shown(value), place.with().apply(value), is(place.path(), rule), false);
    }

    /// @param rule how the rule begins that the message names
    static Trial brokenBeginning(InputPlace place, JsonNode value, String rule) {
        return new Trial(place, shown(value), place.with().apply(value), begins(place, rule), false);
    }

    /// An input whose structure at a place lacks a member.
    static Trial without(InputPlace structure, ObjectNode incomplete, String member) {
        String path = structure.path().isEmpty() ? member : structure.path() + "." + member;
        return new Trial(structure, "without " + member, structure.with().apply(incomplete), is(path, "is required"),
                false);
    }

    private static Pattern is(String path, String rule) {
        return Pattern.compile(Pattern.quote(path + ": " + rule));
    }

    private static Pattern begins(InputPlace place, String rule) {
        return Pattern.compile(Pattern.quote(place.path() + ": " + rule) + ".*", Pattern.DOTALL);
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "… (" + text.length() + ")";
    }

    public RequestParts request() {
        return RequestParts.of(place.model(), place.operation(), input);
    }

    @Override
    public String toString() {
        return place + " = " + value;
    }
}
