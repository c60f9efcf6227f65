package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/// The form fields that clients of the AWS Query protocol make of an input, given as one JSON object.
record FormFields(Map<String, String> values) {

    /// With the items of lists numbered 1, 2, 3.
    static FormFields of(ObjectNode input) {
        return of(input, position -> position + 1);
    }

    /// @param index the number of the item at a position
    static FormFields of(ObjectNode input, IntUnaryOperator index) {
        Map<String, String> values = new LinkedHashMap<>();
        input.properties().forEach(member -> collect(member.getKey(), member.getValue(), index, values));
        return new FormFields(values);
    }

    private static void collect(String name, JsonNode value, IntUnaryOperator index, Map<String, String> values) {
        if (value.isContainerNode() && value.isEmpty()) {
            values.put(name, "");
        } else if (value.isObject()) {
            value.properties().forEach(part -> collect(name + "." + part.getKey(), part.getValue(), index, values));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(name + ".member." + index.applyAsInt(i), value.get(i), index, values);
            }
        } else {
            values.put(name, value.asText());
        }
    }

    byte[] bytes() {
        return values.entrySet()
                .stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
