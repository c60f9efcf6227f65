package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.api.messaging.ChannelMessageType;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.SendChannelMessageRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How bodies are read, tried with SendChannelMessage.
class JsonBodyTest {

    private static final String ARN = "arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/c";
    private static final String REQUIRED = "\"Content\":\"hello\",\"Type\":\"STANDARD\",\"Persistence\":\"PERSISTENT\",\"ClientRequestToken\":\"token\"";

    @Test
    void unknownMembersAreIgnoredWhateverTheyHold() {
        SendChannelMessageRequest request = read(
                "{\"New\":{\"Content\":[1,{\"Type\":null}],\"x\":\"\\uD800\"}," + REQUIRED + ",\"Other\":1e999}");

        assertThat(request.content()).isEqualTo("hello");
        assertThat(request.type()).isEqualTo(ChannelMessageType.STANDARD);
    }

    @Test
    void anExplicitNullIsTheSameAsAnAbsentMember() {
        SendChannelMessageRequest request = read("{" + REQUIRED
                + ",\"Metadata\":null,\"Target\":null,\"MessageAttributes\":null,\"PushNotification\":null}");

        assertThat(request).isEqualTo(read("{" + REQUIRED + "}"));
        assertThat(request.metadata()).isNull();
        assertRefused("{" + REQUIRED + ",\"Content\":null}", "Content: is required");
    }

    @Test
    void theLastOfRepeatedMembersWins() {
        assertThat(read("{\"Content\":\"first\"," + REQUIRED + "}").content()).isEqualTo("hello");
        assertThat(read("{" + REQUIRED + ",\"Content\":\"last\"}").content()).isEqualTo("last");
    }

    @Test
    void theLastOfRepeatedKeysWins() {
        SendChannelMessageRequest request = read("{" + REQUIRED
                + ",\"MessageAttributes\":{\"k\":{\"StringValues\":[\"1\"]},\"k\":{\"StringValues\":[\"2\"]}}}");

        assertThat(request.messageAttributes()).hasEntrySatisfying("k",
                value -> assertThat(value.stringValues()).containsExactly("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " {\n} "})
    void anEmptyBodyIsAnEmptyObject(String body) {
        assertRefused(body, "Content: is required");
        assertThatCode(() -> MessagingOperations.ASSOCIATE_CHANNEL_FLOW.reader()
                .read(request(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("ChannelFlowArn: is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "1", "null", "true", " "})
    void aBodyThatIsNotAnObjectIsRefused(String body) {
        assertRefused(body, "the body must be a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"Content\"", "{\"Content\":", "{\"Content\":secret-value}", "{'Content':1}",
            "{\"a\":1,}",
            "{\"a\":01}", "{\"a\":NaN}", "{\"a\":\"\\x\"}", "{/**/}", "{\"a\":\"\n\"}", "{}}", "{}secret-value",
            "{\"Content\":\"unfinished secret-value", "{\"a\":[}", "{\"Content\":\"\\u12"})
    void unreadableJsonIsRefusedWithoutQuotingIt(String body) {
        assertRefused(body, "the body is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "[]", "null"})
    void nothingMayFollowTheObject(String more) {
        assertRefused("{" + REQUIRED + "} " + more, "the body must hold nothing after its JSON object");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatCode(() -> read("{" + REQUIRED + ",\"New\":" + "[".repeat(60) + "]".repeat(60) + "}"))
                .doesNotThrowAnyException();
        assertRefused("{" + REQUIRED + ",\"New\":" + "[".repeat(500_000),
                "the body is nested too deeply, or a name or value in it is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\uD800", "\\uDC00", "\\uDC00\\uD800", "a\\uD83D", "\\uD83Da", "\\uD83D\\uD83D\\uDE00"})
    void anEscapedLoneSurrogateIsRefused(String content) {
        assertRefused("{" + REQUIRED + ",\"Content\":\"" + content + "\"}", "Content: must be valid Unicode");
    }

    @Test
    void aLoneSurrogateInAKeyIsRefused() {
        assertRefused("{" + REQUIRED + ",\"MessageAttributes\":{\"\\uD800\":{}}}",
                "MessageAttributes[0].key: must be valid Unicode");
    }

    @Test
    void theMessageNamesTheEntryOfAMapByItsPosition() {
        assertRefused(
                "{" + REQUIRED + ",\"MessageAttributes\":{\"secret\":{},\"other\":{\"StringValues\":[\"x\",{}]}}}",
                "MessageAttributes[1].value.StringValues[1]: must be a string");
        assertRefused("{" + REQUIRED + ",\"MessageAttributes\":{\"secret\":null}}",
                "MessageAttributes[0].value: must not be null");
    }

    @Test
    void nullsInListsAreRefused() {
        assertRefused("{" + REQUIRED + ",\"Target\":[null]}", "Target[0]: must not be null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "c3", "e282", "f8a0808080", "f4908080", "80"})
    void invalidUtf8IsRefused(String hex) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("{" + REQUIRED + ",\"Content\":\"").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(HexFormat.of().parseHex(hex));
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> read(body.toByteArray()))
                .withMessage("the body is not valid UTF-8");
    }

    @Test
    void otherEncodingsAreRefused() {
        byte[] utf16 = ("{" + REQUIRED + "}").getBytes(StandardCharsets.UTF_16LE);

        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> read(utf16));
    }

    @Test
    void everyCodePointSurvivesRawAndEscaped() {
        int step = 4096;
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += step) {
            String text = IntStream.range(first, first + step)
                    .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            String raw = text.replaceAll("[\\x00-\\x1f\"\\\\]", "");

            assertThat(read("{" + REQUIRED + ",\"Content\":\"" + escaped(text) + "\"}").content()).isEqualTo(text);
            assertThat(read("{" + REQUIRED + ",\"Content\":\"" + raw + "\"}").content()).isEqualTo(raw);
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        return escaped.toString();
    }

    private static void assertRefused(String body, String message) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> read(body)).withMessage(message);
    }

    private static SendChannelMessageRequest read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static SendChannelMessageRequest read(byte[] body) {
        return MessagingOperations.SEND_CHANNEL_MESSAGE.reader().read(request(body));
    }

    private static Input request(byte[] body) {
        return new RequestParts(Map.of("channelArn", ARN), Map.of(), Map.of("x-amz-chime-bearer", ARN), body);
    }
}
