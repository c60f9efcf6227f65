package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A page of another origin in Chromium, which shows it an answer only with the headers of CORS. Every call is preflighted
/// there, since it is signed in a header.
class BrowserIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool MODULES = JavaScriptSdk.requiredModules();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @Order(3)
    @RegisterExtension
    static final Conversations CHATS = new Conversations(SERVER);

    /// What `./bellframe env` is told.
    static Stream<Arguments> schemes() {
        return Stream.of(Arguments.of((Object) new String[0]), Arguments.of((Object) new String[]{"--https"}));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aSessionInThePageHearsAMessage(String... scheme) {
        Conversation chat = CHATS.with(Sdk.CHROMIUM, scheme);
        SdkCalls page = chat.sdk();
        page.messaging("session:Connect", Map.of("UserArn", chat.bob()));

        String message = chat.send(chat.channel(), JavaScriptSdkIT.UNUSUAL);

        JsonNode heard = page.messaging("session:NextMessage", Map.of("Type", "CREATE_CHANNEL_MESSAGE")).get("payload");
        assertThat(heard.get("MessageId").asText()).isEqualTo(message);
        assertThat(heard.get("Content").asText()).isEqualTo(JavaScriptSdkIT.UNUSUAL);
        assertThat(chat.read(chat.channel(), message, chat.bob()).get("Content").asText())
                .isEqualTo(JavaScriptSdkIT.UNUSUAL);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aModelledErrorArrivesAsItsClass(String... scheme) {
        Conversation chat = CHATS.with(Sdk.CHROMIUM, scheme);
        SdkCalls page = chat.sdk();
        JsonNode error = page.messagingRefusal("GetChannelMessage",
                Conversation.on(chat.channel(), chat.bob(), "MessageId", "0".repeat(64)));

        assertError(error, 404, "NotFoundException");
        assertThat(error.get("modelled").asBoolean()).isTrue();
        assertThat(error.get("code").asText()).isEqualTo("NotFound");
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aBodyThatIsTooLargeIsRefusedReadably(String... scheme) {
        Conversation chat = CHATS.with(Sdk.CHROMIUM, scheme);
        SdkCalls page = chat.sdk();
        JsonNode error = page.messagingRefusal("SendChannelMessage",
                chat.message(chat.channel(), "x".repeat(3 * 1024 * 1024)));

        assertError(error, 413, "RequestEntityTooLargeException");
    }

    @Test
    void aWrongSignatureIsRefusedReadably() throws IOException {
        assertRefused("AWS_SECRET_ACCESS_KEY", "wrong", 403, "InvalidSignatureException");
    }

    @Test
    void anUnknownPathIsRefusedReadably() throws IOException {
        String endpoint = SERVER.variables("--https").get("AWS_ENDPOINT_URL");

        assertRefused("AWS_ENDPOINT_URL", endpoint + "/nowhere", 404, "UnknownOperationException");
    }

    private static void assertRefused(String variable, String value, int status, String name) throws IOException {
        Sdk.CHROMIUM.require();
        var variables = new HashMap<>(SERVER.variables("--https"));
        variables.put(variable, value);
        try (SdkCalls page = Sdk.CHROMIUM.start(variables)) {
            assertError(page.identityRefusal("ListAppInstances", Map.of()), status, name);
        }
    }

    private static void assertError(JsonNode error, int status, String name) {
        assertThat(error.get("status").asInt()).as(error.toString()).isEqualTo(status);
        assertThat(error.get("name").asText()).isEqualTo(name);
        assertThat(error.get("message").asText()).isNotEmpty();
    }
}
