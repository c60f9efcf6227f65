package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One input just inside or just outside a constraint.
///
/// @param place where the value stands
/// @param member the member of the input that the trial is about
/// @param text the value, as JSON unless it is a string
/// @param input the whole input
/// @param complaint what the message about the input must be; null if the input is legal
/// @param maybe whether an input is legal that draws no complaint
public record Trial(
        InputPlace place,
        String member,
        String text,
        ObjectNode input,
        @Nullable Pattern complaint,
        boolean maybe) {

    private static final int SHOWN_CHARS = 60;

    private Trial(InputPlace place, JsonNode value, @Nullable Pattern complaint, boolean maybe) {
        this(place, place.topMember(), value.isTextual() ? value.asText() : value.toString(),
                place.with().apply(value), complaint, maybe);
    }

    static Trial legal(InputPlace place, JsonNode value) {
        return new Trial(place, value, null, false);
    }

    /// A value whose length is legal but which may break the pattern, which is checked after the length.
    static Trial legalUnlessPatternBroken(InputPlace place, JsonNode value) {
        Pattern complaint = PatternSamples.of(place.shape()) == null ? null : begins(place, "must match the pattern ");
        return new Trial(place, value, complaint, complaint != null);
    }

    /// @param rule the whole rule that the message names
    static Trial broken(InputPlace place, JsonNode value, String rule) {
        return new Trial(place, value, is(place.path(), rule), false);
    }

    /// @param rule how the rule begins that the message names
    static Trial brokenBeginning(InputPlace place, JsonNode value, String rule) {
        return new Trial(place, value, begins(place, rule), false);
    }

    /// An input whose structure at a place lacks a member.
    static Trial without(InputPlace structure, ObjectNode incomplete, String missing) {
        boolean ofInput = structure.path().isEmpty();
        return new Trial(structure, ofInput ? missing : structure.topMember(), "", structure.with().apply(incomplete),
                is(ofInput ? missing : structure.path() + "." + missing, "is required"), false);
    }

    private static Pattern is(String path, String rule) {
        return Pattern.compile(Pattern.quote(path + ": " + rule));
    }

    private static Pattern begins(InputPlace place, String rule) {
        return Pattern.compile(Pattern.quote(place.path() + ": " + rule) + ".*", Pattern.DOTALL);
    }

    public RequestParts request() {
        return RequestParts.of(place.model(), place.operation(), input);
    }

    public boolean isComplaint(String message) {
        return complaint != null && complaint.matcher(message).matches();
    }

    /// Whether the value is of the right type but too long, too short, too large or too small.
    public boolean breaksABound() {
        return complaint != null && complaint.pattern().contains(" must be at ");
    }

    /// Whether the request's path has an empty segment where a label belongs, which no operation has.
    public boolean leavesLabelEmpty() {
        JsonNode members = place.model().input(place.operation()).get("members");
        return members.path(member).path("location").asText().equals("uri") && input.path(member).asText().isEmpty();
    }

    @Override
    public String toString() {
        String shown = text.length() <= SHOWN_CHARS
                ? text
                : text.substring(0, SHOWN_CHARS) + "… (" + text.length() + ")";
        return place.operation().name() + " " + member + ", " + place.path() + " = '" + shown + "'";
    }
}
