package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
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

        JsonNode heard = next(page, "CREATE_CHANNEL_MESSAGE");
        assertThat(heard.get("MessageId").asText()).isEqualTo(message);
        assertThat(heard.get("Content").asText()).isEqualTo(JavaScriptSdkIT.UNUSUAL);
        assertThat(chat.read(chat.channel(), message, chat.bob()).get("Content").asText())
                .isEqualTo(JavaScriptSdkIT.UNUSUAL);
    }

    @Test
    void aSessionInThePageHearsEveryKindOfEventAndSurvivesARestart() throws Exception {
        Conversation chat = CHATS.with(Sdk.CHROMIUM, "--https");
        SdkCalls page = chat.sdk();
        String bob = chat.user("bob-in-the-page");
        String channel = chat.channel("before");
        chat.join(channel, bob);
        String before = chat.send(channel, "sent before");
        page.messaging("session:Connect", Map.of("UserArn", bob, "Prefetch", true));

        JsonNode details = next(page, "CHANNEL_DETAILS");
        assertThat(details.at("/Channel/ChannelArn").asText()).isEqualTo(channel);
        assertThat(details.at("/ChannelMessages/0/MessageId").asText()).isEqualTo(before);
        hearMessages(chat, channel);
        hearMemberships(chat, channel);

        SERVER.restart();
        next(page, "started");
        next(page, "CHANNEL_DETAILS");
        String after = chat.send(channel, "sent after");
        assertThat(next(page, "CREATE_CHANNEL_MESSAGE").get("MessageId").asText()).isEqualTo(after);

        page.messaging("UpdateChannel", Conversation.on(channel, chat.alice(), "Name", "after"));
        assertThat(next(page, "UPDATE_CHANNEL").get("Name").asText()).isEqualTo("after");
        page.messaging("DeleteChannel", Conversation.on(channel, chat.alice()));
        assertThat(next(page, "DELETE_CHANNEL").get("ChannelArn").asText()).isEqualTo(channel);
    }

    private static void hearMessages(Conversation chat, String channel) {
        SdkCalls page = chat.sdk();
        String message = chat.send(channel, "first");
        assertThat(next(page, "CREATE_CHANNEL_MESSAGE").get("MessageId").asText()).isEqualTo(message);
        page.messaging("UpdateChannelMessage",
                Conversation.on(channel, chat.alice(), "MessageId", message, "Content", "second"));
        assertThat(next(page, "UPDATE_CHANNEL_MESSAGE").get("Content").asText()).isEqualTo("second");
        page.messaging("RedactChannelMessage", Conversation.on(channel, chat.alice(), "MessageId", message));
        assertThat(next(page, "REDACT_CHANNEL_MESSAGE").get("Redacted").asBoolean()).isTrue();
        page.messaging("DeleteChannelMessage", Conversation.on(channel, chat.admin(), "MessageId", message));
        assertThat(next(page, "DELETE_CHANNEL_MESSAGE").get("MessageId").asText()).isEqualTo(message);
    }

    private static void hearMemberships(Conversation chat, String channel) {
        SdkCalls page = chat.sdk();
        String carol = chat.user("carol-in-the-page");
        String dave = chat.user("dave-in-the-page");
        chat.join(channel, carol);
        assertThat(next(page, "CREATE_CHANNEL_MEMBERSHIP").at("/Member/Arn").asText()).isEqualTo(carol);
        page.messaging("BatchCreateChannelMembership",
                Map.of("ChannelArn", channel, "ChimeBearer", chat.alice(), "MemberArns", List.of(dave)));
        assertThat(next(page, "BATCH_CREATE_CHANNEL_MEMBERSHIP").at("/Members/0/Arn").asText()).isEqualTo(dave);
        page.messaging("DeleteChannelMembership", Conversation.on(channel, chat.alice(), "MemberArn", carol));
        assertThat(next(page, "DELETE_CHANNEL_MEMBERSHIP").at("/Member/Arn").asText()).isEqualTo(carol);
    }

    @Test
    void aSessionInThePageOfNobodyStopsForGood() throws IOException {
        String nobody = CHATS.with(Sdk.CHROMIUM, "--https").bob() + "-is-nobody";

        assertStopped(SERVER.variables("--https"), Map.of("UserArn", nobody), 4003);
    }

    @Test
    void aSessionInThePageWithAWrongSecretStopsForGood() throws IOException {
        String bob = CHATS.with(Sdk.CHROMIUM, "--https").bob();
        var variables = new HashMap<>(SERVER.variables("--https"));
        variables.put("AWS_SECRET_ACCESS_KEY", "wrong");
        String endpoint = URI.create(variables.getOrDefault("AWS_ENDPOINT_URL", "")).getAuthority();

        assertStopped(variables, Map.of("UserArn", bob, "Endpoint", endpoint), 4401);
    }

    private static void assertStopped(Map<String, String> variables, Map<String, String> connect, int code)
            throws IOException {
        try (SdkCalls page = Sdk.CHROMIUM.start(variables)) {
            assertThat(page.messaging("session:Connect", connect).get("code").asInt()).isEqualTo(code);
            assertThat(page.messaging("session:Events", Map.of()).get("types").toString())
                    .isEqualTo("[\"connecting\"]");
        }
    }

    private static JsonNode next(SdkCalls page, String type) {
        return page.messaging("session:NextEvent", Map.of("Type", type)).path("payload");
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
