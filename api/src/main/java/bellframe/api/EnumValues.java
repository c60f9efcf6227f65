package bellframe.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The constants of an enum by their value on the wire.
public final class EnumValues<E extends WireValue> {

    private final Map<String, E> byValue;

    private EnumValues(Map<String, E> byValue) {
        this.byValue = byValue;
    }

    @SafeVarargs
    public static <E extends WireValue> EnumValues<E> of(E... constants) {
        Map<String, E> byValue = new LinkedHashMap<>();
        for (E constant : constants) {
            byValue.put(constant.value(), constant);
        }
        return new EnumValues<>(Collections.unmodifiableMap(byValue));
    }

    public Optional<E> find(String value) {
        return Optional.ofNullable(byValue.get(value));
    }

    /// The constant of a member's value.
    ///
    /// @param member the path of the member, for the message
    E require(String member, String value) {
        return find(value).orElseThrow(
                () -> new InvalidInput(member + ": must be one of " + String.join(", ", byValue.keySet())));
    }
}
