package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an application does, with each SDK, in the operations that both namespaces have.
class EverySdkIT {

    /// A time as every SDK has it, since it reads milliseconds.
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Order(1)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @Order(2)
    @RegisterExtension
    static final Conversations CHATS = new Conversations(SERVER);

    @ParameterizedTest
    @EnumSource
    void appInstancesAreDescribedAndChanged(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        sdk.identity("UpdateAppInstance",
                Map.of("AppInstanceArn", chat.appInstance(), "Name", "renamed", "Metadata", "second"));

        JsonNode read = sdk.identity("DescribeAppInstance", Map.of("AppInstanceArn", chat.appInstance()))
                .get("AppInstance");
        assertThat(read.get("Name").asText()).isEqualTo("renamed");
        assertThat(read.get("Metadata").asText()).isEqualTo("second");
        assertThat(time(read, "LastUpdatedTimestamp")).isAfterOrEqualTo(time(read, "CreatedTimestamp"));
        assertThat(sdk.identity("ListAppInstances", Map.of()).findValuesAsText("AppInstanceArn"))
                .contains(chat.appInstance());
    }

    @ParameterizedTest
    @EnumSource
    void usersComeAndGo(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String id = "us-east-1:dave@example.com";
        String dave = chat.user(id);
        assertThat(dave).endsWith("/user/" + id);
        sdk.identity("UpdateAppInstanceUser", Map.of("AppInstanceUserArn", dave, "Name", "Dave 👋", "Metadata", "m"));

        assertThat(sdk.identity("DescribeAppInstanceUser", Map.of("AppInstanceUserArn", dave))
                .at("/AppInstanceUser/Name")
                .asText()).isEqualTo("Dave 👋");
        assertThat(allPages(sdk, true, "ListAppInstanceUsers", "AppInstanceUsers",
                Map.of("AppInstanceArn", chat.appInstance(), "MaxResults", 1)))
                .extracting(user -> user.get("AppInstanceUserArn").asText())
                .contains(chat.alice(), chat.bob(), chat.admin(), dave)
                .doesNotHaveDuplicates();

        sdk.identity("DeleteAppInstanceUser", Map.of("AppInstanceUserArn", dave));
        assertError(kind, sdk.identityRefusal("DescribeAppInstanceUser", Map.of("AppInstanceUserArn", dave)), 404,
                "NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void adminsAreListed(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        JsonNode admins = sdk.identity("ListAppInstanceAdmins", Map.of("AppInstanceArn", chat.appInstance()));

        assertThat(admins.get("AppInstanceAdmins").findValuesAsText("Arn")).containsExactly(chat.admin());
        assertThat(time(sdk.identity("DescribeAppInstanceAdmin",
                Map.of("AppInstanceArn", chat.appInstance(), "AppInstanceAdminArn", chat.admin()))
                .get("AppInstanceAdmin"), "CreatedTimestamp")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void unusualCharactersSurvive(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        String message = chat.send(chat.channel(), JavaScriptSdkIT.UNUSUAL);

        JsonNode read = chat.read(chat.channel(), message, chat.bob());
        assertThat(read.get("Content").asText()).isEqualTo(JavaScriptSdkIT.UNUSUAL);
        assertThat(read.get("Sender").get("Arn").asText()).isEqualTo(chat.alice());
        assertThat(read.get("Persistence").asText()).isEqualTo("PERSISTENT");
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreListedInBothOrdersPageByPage(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        String channel = chat.channel("pages");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(chat.send(channel, "message " + i));
        }

        assertThat(ids(chat, channel, Map.of("SortOrder", "ASCENDING", "MaxResults", 2))).isEqualTo(sent);
        assertThat(ids(chat, channel, Map.of("SortOrder", "DESCENDING", "MaxResults", 2))).isEqualTo(sent.reversed());
        assertThat(ids(chat, channel, Map.of())).isEqualTo(sent.reversed());
    }

    @ParameterizedTest
    @EnumSource
    void timesFilterMessages(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        String channel = chat.channel("times");
        List<JsonNode> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sent.add(chat.read(channel, chat.send(channel, "message " + i), chat.alice()));
        }
        String middle = kind.sent(time(sent.get(2), "CreatedTimestamp")).toString();

        assertThat(sent).extracting(message -> message.get("CreatedTimestamp").asText())
                .allMatch(t -> t.matches(TIME))
                .anyMatch(t -> !t.endsWith(".000Z"));
        assertThat(ids(chat, channel, Map.of("SortOrder", "ASCENDING", "NotBefore", middle)))
                .isEqualTo(created(sent, time -> !time.isBefore(Instant.parse(middle))));
        assertThat(ids(chat, channel, Map.of("SortOrder", "ASCENDING", "NotAfter", middle)))
                .isEqualTo(created(sent, time -> !time.isAfter(Instant.parse(middle))));
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsChangedRedactedAndDeleted(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String message = chat.send(chat.channel(), "first");

        sdk.messaging("UpdateChannelMessage", Conversation.on(chat.channel(), chat.alice(), "MessageId", message,
                "Content", "second", "Metadata", "{}"));
        JsonNode changed = chat.read(chat.channel(), message, chat.bob());
        assertThat(changed.get("Content").asText()).isEqualTo("second");
        assertThat(changed.get("Metadata").asText()).isEqualTo("{}");
        assertThat(time(changed, "LastEditedTimestamp")).isAfterOrEqualTo(time(changed, "CreatedTimestamp"));

        sdk.messaging("RedactChannelMessage", Conversation.on(chat.channel(), chat.alice(), "MessageId", message));
        JsonNode redacted = chat.read(chat.channel(), message, chat.bob());
        assertThat(redacted.get("Redacted").asBoolean()).isTrue();
        assertThat(redacted.path("Content").asText("")).isEmpty();

        sdk.messaging("DeleteChannelMessage", Conversation.on(chat.channel(), chat.admin(), "MessageId", message));
        assertError(kind, sdk.messagingRefusal("GetChannelMessage",
                Conversation.on(chat.channel(), chat.bob(), "MessageId", message)), 404, "NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void membershipsComeAndGo(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String channel = chat.channel("memberships");
        String carol = chat.user("carol");
        String dora = chat.user("dora");
        var batch = new HashMap<String, Object>(Conversation.on(channel, chat.alice(), "Type", "DEFAULT"));
        batch.put("MemberArns", List.of(carol, dora));
        assertThat(sdk.messaging("BatchCreateChannelMembership", batch)
                .at("/BatchChannelMemberships/Members")
                .findValuesAsText("Arn")).containsExactly(carol, dora);

        JsonNode described = sdk.messaging("DescribeChannelMembership",
                Conversation.on(channel, carol, "MemberArn", dora)).get("ChannelMembership");
        assertThat(described.at("/InvitedBy/Arn").asText()).isEqualTo(chat.alice());
        assertThat(time(described, "CreatedTimestamp")).isNotNull();
        assertThat(allPages(sdk, false, "ListChannelMemberships", "ChannelMemberships",
                with(Conversation.on(channel, carol), "MaxResults", 1)))
                .extracting(membership -> membership.at("/Member/Arn").asText())
                .containsExactlyInAnyOrder(chat.alice(), carol, dora);
        assertThat(sdk.messaging("ListChannelMembershipsForAppInstanceUser", Map.of("ChimeBearer", carol))
                .findValuesAsText("ChannelArn")).containsExactly(channel);

        sdk.messaging("DeleteChannelMembership", Conversation.on(channel, carol, "MemberArn", carol));
        assertError(kind, sdk.messagingRefusal("DescribeChannel", Conversation.on(channel, carol)), 403, "Forbidden");
        assertError(kind, sdk.messagingRefusal("DescribeChannelMembership",
                Conversation.on(channel, dora, "MemberArn", carol)), 404, "NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void aChannelIsChangedAndDeleted(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String channel = chat.channel("before");
        sdk.messaging("UpdateChannel",
                Conversation.on(channel, chat.alice(), "Name", "after", "Mode", "UNRESTRICTED", "Metadata", "m"));

        JsonNode described = sdk.messaging("DescribeChannel", Conversation.on(channel, chat.alice())).get("Channel");
        assertThat(described.get("Name").asText()).isEqualTo("after");
        assertThat(described.get("Mode").asText()).isEqualTo("UNRESTRICTED");
        assertThat(described.at("/CreatedBy/Arn").asText()).isEqualTo(chat.alice());
        assertThat(sdk.messaging("ListChannels", Map.of("AppInstanceArn", chat.appInstance(), "Privacy", "PRIVATE",
                "ChimeBearer", chat.admin())).findValuesAsText("ChannelArn")).contains(channel);

        sdk.messaging("DeleteChannel", Conversation.on(channel, chat.alice()));
        assertError(kind, sdk.messagingRefusal("DescribeChannel", Conversation.on(channel, chat.alice())), 403,
                "Forbidden");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionHasAnEndpoint(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        assertThat(sdk.messaging("GetMessagingSessionEndpoint", Map.of()).at("/Endpoint/Url").asText())
                .matches("localhost:\\d+");
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveTheirNameCodeAndStatus(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String channel = chat.channel();
        String stranger = chat.user("stranger");

        assertError(kind, sdk.messagingRefusal("SendChannelMessage", chat.message(channel, "x".repeat(4097))), 400,
                "BadRequest");
        assertError(kind, sdk.messagingRefusal("DescribeChannel", Conversation.on(channel, chat.alice() + "none")), 401,
                "Unauthorized");
        assertError(kind, sdk.messagingRefusal("DescribeChannel", Conversation.on(channel, stranger)), 403,
                "Forbidden");
        assertError(kind, sdk.messagingRefusal("GetChannelMessage",
                Conversation.on(channel, chat.bob(), "MessageId", "0".repeat(64))), 404, "NotFound");
        assertError(kind, sdk.messagingRefusal("CreateChannelMembership",
                Conversation.on(channel, chat.alice(), "MemberArn", chat.bob(), "Type", "DEFAULT")), 409, "Conflict");
    }

    private static void assertError(Sdk kind, JsonNode error, int status, String code) {
        assertThat(error.get("status").asInt()).as(error.toString()).isEqualTo(status);
        assertThat(error.get("name").asText()).isEqualTo(kind.errorName(code));
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotEmpty();
    }

    private static List<String> ids(Conversation chat, String channel, Map<String, ?> parameters) {
        var all = new HashMap<String, Object>(parameters);
        all.putAll(Conversation.on(channel, chat.alice()));
        return allPages(chat.sdk(), false, "ListChannelMessages", "ChannelMessages", all).stream()
                .map(message -> message.get("MessageId").asText())
                .toList();
    }

    /// The items of all pages; no page token may come twice.
    private static List<JsonNode> allPages(SdkCalls sdk, boolean identity, String operation, String member,
            Map<String, ?> parameters) {
        List<JsonNode> items = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        Map<String, Object> next = new HashMap<>(parameters);
        while (true) {
            JsonNode page = identity ? sdk.identity(operation, next) : sdk.messaging(operation, next);
            page.get(member).forEach(items::add);
            if (!page.hasNonNull("NextToken")) {
                return items;
            }
            String token = page.get("NextToken").asText();
            assertThat(tokens.add(token)).as(token).isTrue();
            next.put("NextToken", token);
        }
    }

    private static Map<String, Object> with(Map<String, ?> parameters, String name, Object value) {
        var more = new HashMap<String, Object>(parameters);
        more.put(name, value);
        return more;
    }

    private static List<String> created(List<JsonNode> messages, Predicate<Instant> when) {
        return messages.stream()
                .filter(message -> when.test(time(message, "CreatedTimestamp")))
                .map(message -> message.get("MessageId").asText())
                .toList();
    }

    private static Instant time(JsonNode object, String member) {
        String text = object.get(member).asText();
        assertThat(text).matches(TIME);
        return Instant.parse(text);
    }
}
