package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.lambda.LambdaServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Channel flows as clients have to do with them: those who make them, those who send and read, and processors.
class ChannelFlowsIT {

    private static final LambdaServer LAMBDA = new LambdaServer();

    @Order(1)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess().with(Map.of(
            "BELLFRAME_LAMBDA_ENDPOINT", LAMBDA.url().toString(),
            "BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true",
            "AWS_ACCESS_KEY_ID", AwsServer.KEY_ID,
            "AWS_SECRET_ACCESS_KEY", AwsServer.SECRET));

    @Order(2)
    @RegisterExtension
    static final Conversations CHATS = new Conversations(SERVER);

    @AfterAll
    static void close() {
        LAMBDA.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aFlowIsCreatedChangedAndDeleted(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String flow = createFlow(chat, "ABORT");
        var named = Map.of("ChannelFlowArn", flow);
        assertThat(flow).startsWith(chat.appInstance() + "/channel-flow/");
        assertThat(sdk.messaging("ListTagsForResource", Map.of("ResourceARN", flow)).at("/Tags/0/Value").asText())
                .isEqualTo("chat");
        assertThat(sdk.messaging("ListChannelFlows", Map.of("AppInstanceArn", chat.appInstance()))
                .findValuesAsText("ChannelFlowArn")).contains(flow);

        sdk.messaging("UpdateChannelFlow",
                Map.of("ChannelFlowArn", flow, "Name", "renamed", "Processors", processors(chat, "CONTINUE")));
        JsonNode described = sdk.messaging("DescribeChannelFlow", named).get("ChannelFlow");
        assertThat(described.get("Name").asText()).isEqualTo("renamed");
        assertThat(described.at("/Processors/0/FallbackAction").asText()).isEqualTo("CONTINUE");
        assertThat(described.at("/Processors/0/Configuration/Lambda/ResourceArn").asText()).isEqualTo(function(chat));
        assertThat(described.at("/Processors/0/Configuration/Lambda/InvocationType").asText()).isEqualTo("ASYNC");
        assertThat(described.get("LastUpdatedTimestamp").asText())
                .isGreaterThanOrEqualTo(described.get("CreatedTimestamp").asText());

        sdk.messaging("DeleteChannelFlow", named);
        assertError(kind, sdk.messagingRefusal("DescribeChannelFlow", named), 403, "Forbidden");
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aChannelIsAssociatedWithOneFlow(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String channel = chat.channel("associated");
        String flow = createFlow(chat, "ABORT");
        var association = Conversation.on(channel, chat.alice(), "ChannelFlowArn", flow);
        assertError(kind, sdk.messagingRefusal("DisassociateChannelFlow", association), 404, "NotFound");

        sdk.messaging("AssociateChannelFlow", association);
        assertThat(sdk.messaging("DescribeChannel", Conversation.on(channel, chat.alice()))
                .at("/Channel/ChannelFlowArn")
                .asText()).isEqualTo(flow);
        assertThat(sdk.messaging("ListChannelsAssociatedWithChannelFlow", Map.of("ChannelFlowArn", flow))
                .findValuesAsText("ChannelArn")).containsExactly(channel);
        assertError(kind, sdk.messagingRefusal("AssociateChannelFlow",
                Conversation.on(channel, chat.alice(), "ChannelFlowArn", createFlow(chat, "ABORT"))), 409, "Conflict");
        assertError(kind, sdk.messagingRefusal("DeleteChannelFlow", Map.of("ChannelFlowArn", flow)), 409, "Conflict");

        sdk.messaging("DisassociateChannelFlow", association);
        assertThat(sdk.messaging("ListChannelsAssociatedWithChannelFlow", Map.of("ChannelFlowArn", flow))
                .get("Channels")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aProcessorCallsBackOnce(Sdk kind) throws InterruptedException {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String channel = channelWithFlow(chat, "ABORT");
        JsonNode sent = sdk.messaging("SendChannelMessage", chat.message(channel, "darn"));
        assertThat(sent.at("/Status/Value").asText()).isEqualTo("PENDING");
        String message = sent.get("MessageId").asText();
        assertError(kind, sdk.messagingRefusal("GetChannelMessage",
                Conversation.on(channel, chat.bob(), "MessageId", message)), 404, "NotFound");
        JsonNode event = invocation();
        assertThat(event.at("/ChannelMessage/Content").asText()).isEqualTo("darn");

        assertError(kind, sdk.messagingRefusal("ChannelFlowCallback",
                callback(event, Map.of("CallbackId", "0".repeat(36)))), 403, "Forbidden");
        JsonNode answer = sdk.messaging("ChannelFlowCallback", callback(event, Map.of("ChannelMessage",
                Map.of("MessageId", message, "Content", JavaScriptSdkIT.UNUSUAL, "Metadata", "{}", "ContentType",
                        "text/plain", "MessageAttributes", Map.of("tags", Map.of("StringValues", List.of("one")))))));

        assertThat(answer.get("ChannelArn").asText()).isEqualTo(channel);
        assertThat(answer.get("CallbackId")).isEqualTo(event.get("CallbackId"));
        JsonNode read = chat.read(channel, message, chat.bob());
        assertThat(read.get("Content").asText()).isEqualTo(JavaScriptSdkIT.UNUSUAL);
        assertThat(read.get("Metadata").asText()).isEqualTo("{}");
        assertThat(read.get("ContentType").asText()).isEqualTo("text/plain");
        assertThat(read.at("/MessageAttributes/tags/StringValues").toString()).isEqualTo("[\"one\"]");
        assertThat(sdk.messaging("GetChannelMessageStatus",
                Conversation.on(channel, chat.alice(), "MessageId", message)).at("/Status/Value").asText())
                .isEqualTo("SENT");
        assertError(kind, sdk.messagingRefusal("ChannelFlowCallback", callback(event, Map.of())), 409, "Conflict");
    }

    /// The SDKs give a callback an id of their own if the processor gives it none.
    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT"})
    void aCallbackWithoutIdIsRefused(Sdk kind) throws InterruptedException {
        Conversation chat = CHATS.with(kind);
        String channel = channelWithFlow(chat, "ABORT");
        chat.send(channel, "hello");
        Map<String, Object> callback = callback(invocation(), Map.of());
        callback.remove("CallbackId");

        assertError(kind, chat.sdk().messagingRefusal("ChannelFlowCallback", callback), 403, "Forbidden");
    }

    @Test
    void aSessionOfTheSenderHearsWhatBecomesOfAMessage() throws Exception {
        JavaScriptSdk.requiredNode().require("sessions");
        JavaScriptSdk js = new JavaScriptSdk(SERVER.variables());
        Conversation chat = CHATS.with(Sdk.JAVASCRIPT);
        String channel = channelWithFlow(chat, "ABORT");
        MessagingSession bobs = js.connect(chat.bob());
        try (bobs; MessagingSession alices = js.connect(chat.alice()).awaitStart()) {
            bobs.awaitStart();
            String denied = chat.send(channel, "spam");
            assertStatus(alices, "PENDING_CREATE_CHANNEL_MESSAGE", denied, "PENDING");
            chat.sdk().messaging("ChannelFlowCallback", callback(invocation(), Map.of("DeleteResource", true)));
            assertStatus(alices, "DENIED_CREATE_CHANNEL_MESSAGE", denied, "DENIED");

            String sent = chat.send(channel, "darn");
            assertStatus(alices, "PENDING_CREATE_CHANNEL_MESSAGE", sent, "PENDING");
            chat.sdk()
                    .messaging("ChannelFlowCallback", callback(invocation(),
                            Map.of("ChannelMessage", Map.of("MessageId", sent, "Content", "d***"))));
            JsonNode created = assertStatus(alices, "CREATE_CHANNEL_MESSAGE", sent, "SENT");
            assertThat(created.get("Content").asText()).isEqualTo("d***");
            assertThat(bobs.await(sent).get("Content").asText()).isEqualTo("d***");
        }
        assertThat(bobs.awaitEnd()).as("what Bob hears")
                .extracting(event -> event.path("type").asText())
                .filteredOn(type -> type.endsWith("_MESSAGE"))
                .containsExactly("CREATE_CHANNEL_MESSAGE");
    }

    @Test
    void aSessionOfTheSenderHearsWhatBecomesOfAnEdit() throws Exception {
        JavaScriptSdk.requiredNode().require("sessions");
        JavaScriptSdk js = new JavaScriptSdk(SERVER.variables());
        Conversation chat = CHATS.with(Sdk.JAVASCRIPT);
        String channel = chat.channel("edits");
        chat.join(channel, chat.bob());
        String message = chat.send(channel, "first");
        associate(chat, channel, "ABORT");
        try (MessagingSession alices = js.connect(chat.alice()).awaitStart();
                MessagingSession bobs = js.connect(chat.bob()).awaitStart()) {
            JsonNode answer = chat.sdk()
                    .messaging("UpdateChannelMessage",
                            Conversation.on(channel, chat.alice(), "MessageId", message, "Content", "second"));
            assertThat(answer.at("/Status/Value").asText()).isEqualTo("PENDING");
            assertStatus(alices, "PENDING_UPDATE_CHANNEL_MESSAGE", message, "PENDING");
            assertThat(chat.read(channel, message, chat.bob()).get("Content").asText()).isEqualTo("first");
            chat.sdk().messaging("ChannelFlowCallback", callback(invocation(), Map.of()));

            assertStatus(alices, "UPDATE_CHANNEL_MESSAGE", message, "SENT");
            assertThat(bobs.awaitMessage("UPDATE_CHANNEL_MESSAGE").at("/payload/Content").asText()).isEqualTo("second");
        }
    }

    @Test
    void aSessionOfTheSenderHearsThatAMessageFailed() throws Exception {
        JavaScriptSdk.requiredNode().require("sessions");
        JavaScriptSdk js = new JavaScriptSdk(SERVER.variables());
        Conversation chat = CHATS.with(Sdk.JAVASCRIPT);
        String channel = channelWithFlow(chat, "ABORT");
        LAMBDA.reply(LambdaServer.error(404, "ResourceNotFoundException"));
        try (MessagingSession alices = js.connect(chat.alice()).awaitStart()) {
            String message = chat.send(channel, "hello");
            assertThat(invocation().at("/ChannelMessage/MessageId").asText()).isEqualTo(message);

            JsonNode failed = assertStatus(alices, "FAILED_CREATE_CHANNEL_MESSAGE", message, "FAILED");
            assertThat(failed.at("/Status/Detail").asText()).isNotEmpty();
        } finally {
            LAMBDA.reply(LambdaServer.accepted());
        }
    }

    @Test
    void aProcessorNeedsNoMoreThanItsOwnPermission() throws Exception {
        Conversation chat = CHATS.with(Sdk.PYTHON);
        SdkCalls sdk = chat.sdk();
        String channel = channelWithFlow(chat, "ABORT");
        sdk.output("iam", "CreateUser", Map.of("UserName", "processor"));
        sdk.output("iam", "PutUserPolicy",
                Map.of("UserName", "processor", "PolicyName", "callback", "PolicyDocument", """
                        {"Version": "2012-10-17", "Statement": [
                          {"Effect": "Allow", "Action": "chime:ChannelFlowCallback", "Resource": "%s/channel/*"}]}"""
                        .formatted(chat.appInstance())));
        var variables = new HashMap<>(SERVER.variables());
        variables.putAll(Keys.lasting(sdk.output("iam", "CreateAccessKey", Map.of("UserName", "processor"))
                .get("AccessKey")));
        String message = chat.send(channel, "hello");
        try (SdkCalls processor = Sdk.PYTHON.start(variables)) {
            processor.messaging("ChannelFlowCallback", callback(invocation(), Map.of()));

            JsonNode denied = processor.messagingRefusal("SendChannelMessage", chat.message(channel, "more"));
            assertThat(denied.get("name").asText()).isEqualTo("AccessDeniedException");
        }
        assertThat(chat.read(channel, message, chat.bob()).get("Content").asText()).isEqualTo("hello");
    }

    @Test
    void whoComesBackHearsOfAMessageThatWasSentMeanwhile() throws Exception {
        JavaScriptSdk.requiredNode().require("sessions");
        JavaScriptSdk js = new JavaScriptSdk(SERVER.variables());
        Conversation chat = CHATS.with(Sdk.JAVASCRIPT);
        String channel = channelWithFlow(chat, "ABORT");
        String held;
        JsonNode event;
        String position;
        try (MessagingSession alices = js.connect(chat.alice()).awaitStart()) {
            held = chat.send(channel, "held");
            event = invocation();
            // What comes later is sent first.
            String passed = chat.send(channel, "passed");
            chat.sdk().messaging("ChannelFlowCallback", callback(invocation(), Map.of()));
            JsonNode last = alices.awaitMessage("CREATE_CHANNEL_MESSAGE");
            assertThat(last.at("/payload/MessageId").asText()).isEqualTo(passed);
            position = last.at("/headers/x-bellframe-position").asText();
        }
        chat.sdk().messaging("ChannelFlowCallback", callback(event, Map.of()));

        for (String user : List.of(chat.alice(), chat.bob())) {
            try (MessagingSession session = js.catchUp(user, position)) {
                assertStatus(session, "CREATE_CHANNEL_MESSAGE", held, "SENT");
            }
        }
        assertThat(chat.sdk()
                .messaging("ListChannelMessages", Conversation.on(channel, chat.bob(), "SortOrder", "ASCENDING"))
                .findValuesAsText("Content")).containsExactly("held", "passed");
    }

    @Test
    void whoPrefetchesSeesOnlyOwnMessagesThatWait() throws Exception {
        JavaScriptSdk.requiredNode().require("sessions");
        JavaScriptSdk js = new JavaScriptSdk(SERVER.variables());
        Conversation chat = CHATS.with(Sdk.JAVASCRIPT);
        String channel = channelWithFlow(chat, "ABORT");
        String sent = chat.send(channel, "sent");
        chat.sdk().messaging("ChannelFlowCallback", callback(invocation(), Map.of()));
        String held = chat.send(channel, "held");
        JsonNode event = invocation();

        JsonNode alices = prefetched(js, chat.alice(), channel);
        assertThat(alices.findValuesAsText("MessageId")).containsExactlyInAnyOrder(sent, held);
        assertThat(alices.findValuesAsText("Value")).containsExactlyInAnyOrder("SENT", "PENDING");
        assertThat(prefetched(js, chat.bob(), channel).findValuesAsText("MessageId")).containsExactly(sent);
        chat.sdk().messaging("ChannelFlowCallback", callback(event, Map.of("DeleteResource", true)));
        assertThat(prefetched(js, chat.alice(), channel).findValuesAsText("MessageId")).containsExactly(sent);
    }

    /// The messages of a channel that a session is told of at its start.
    private static JsonNode prefetched(JavaScriptSdk js, String user, String channel) throws IOException {
        try (MessagingSession session = js.connectAndPrefetch(user).awaitStart()) {
            JsonNode details;
            do {
                details = session.awaitMessage("CHANNEL_DETAILS").get("payload");
            } while (!details.at("/Channel/ChannelArn").asText().equals(channel));
            return details.get("ChannelMessages");
        }
    }

    private static JsonNode assertStatus(MessagingSession session, String type, String message, String status) {
        JsonNode payload = session.awaitMessage(type).get("payload");
        assertThat(payload.get("MessageId").asText()).isEqualTo(message);
        assertThat(payload.at("/Status/Value").asText()).isEqualTo(status);
        return payload;
    }

    private static void assertError(Sdk kind, JsonNode error, int status, String code) {
        assertThat(error.get("status").asInt()).as(error.toString()).isEqualTo(status);
        assertThat(error.get("name").asText()).isEqualTo(kind.errorName(code));
    }

    private static String channelWithFlow(Conversation chat, String fallback) {
        String channel = chat.channel("moderated");
        chat.join(channel, chat.bob());
        associate(chat, channel, fallback);
        return channel;
    }

    private static void associate(Conversation chat, String channel, String fallback) {
        chat.sdk()
                .messaging("AssociateChannelFlow",
                        Conversation.on(channel, chat.alice(), "ChannelFlowArn", createFlow(chat, fallback)));
    }

    private static String createFlow(Conversation chat, String fallback) {
        return chat.sdk()
                .messaging("CreateChannelFlow", Map.of("AppInstanceArn", chat.appInstance(), "Name", "words",
                        "Processors", processors(chat, fallback), "Tags",
                        List.of(Map.of("Key", "team", "Value", "chat")),
                        "ClientRequestToken", UUID.randomUUID().toString()))
                .get("ChannelFlowArn")
                .asText();
    }

    private static List<Map<String, ?>> processors(Conversation chat, String fallback) {
        return List.of(Map.of("Name", "words", "ExecutionOrder", 1, "FallbackAction", fallback, "Configuration",
                Map.of("Lambda", Map.of("ResourceArn", function(chat), "InvocationType", "ASYNC"))));
    }

    private static String function(Conversation chat) {
        return chat.appInstance()
                .replaceFirst("^arn:aws:chime:", "arn:aws:lambda:")
                .replaceFirst(":app-instance/.*$", ":function:words");
    }

    /// The next event that a function got.
    private static JsonNode invocation() throws InterruptedException {
        try {
            return JavaScriptSdk.JSON.readTree(LAMBDA.awaitInvocation().event());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    /// A callback to an event.
    ///
    /// @param other what it says beside the event's ids, or instead of them
    private static Map<String, Object> callback(JsonNode event, Map<String, ?> other) {
        JsonNode message = event.get("ChannelMessage");
        var parameters = new HashMap<String, Object>(Map.of(
                "CallbackId", event.get("CallbackId").asText(),
                "ChannelArn", message.get("ChannelArn").asText(),
                "ChannelMessage", Map.of("MessageId", message.get("MessageId").asText())));
        parameters.putAll(other);
        return parameters;
    }
}
