package bellframe.outbound.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "false", "1.50", "-7", "\"ä\\u0001\\\"\"",
            "{\"a\":[1,{\"b\":null}],\"c\":\"d\"}"})
    void whatIsReadIsWrittenAsItWas(String text) {
        JsonValue value = JsonValue.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(JsonText.of(value::write)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1,]", "{\"a\"}", "1 2", "nul", "\"a", "]", "NaN"})
    void otherTextsAreNot(String text) {
        assertThat(JsonValue.parse(text)).isEmpty();
    }

    @Test
    void depthIsBounded() {
        assertThat(JsonValue.parse("[".repeat(JsonValue.DEPTH_MAX) + "]".repeat(JsonValue.DEPTH_MAX))).isPresent();
        assertThat(JsonValue.parse("[".repeat(JsonValue.DEPTH_MAX + 1) + "]".repeat(JsonValue.DEPTH_MAX + 1)))
                .isEmpty();
        assertThat(JsonValue.parse("[".repeat(100_000))).isEmpty();
    }

    @Test
    void whoLooksForWhatIsNotThereFindsNothing() {
        JsonValue value = JsonValue.parse("{\"a\":{\"b\":\"c\"},\"d\":[\"e\"],\"d\":[\"f\",7]}").orElseThrow();
        assertThat(value.get("a").get("b").text()).isEqualTo("c");
        assertThat(value.get("a").text()).isNull();
        assertThat(value.get("x").get("y").text()).isNull();
        assertThat(value.get("x").items()).isEmpty();
        assertThat(value.get("d").get("e").text()).isNull();
        assertThat(value.get("d").items()).extracting(JsonValue::text).containsExactly("f", null);
    }

    @Test
    void halfOfASurrogatePairDoesNoHarm() {
        assertThat(JsonText.of(json -> json.writeString("a\ud83d")).getBytes(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"a?\"");
    }
}
