package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the legacy namespace never had.
class CurrentSdkIT {

    @Order(1)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @Order(2)
    @RegisterExtension
    static final Conversations CHATS = new Conversations(SERVER);

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aChannelHasTheIdAndTheMembersItIsGiven(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        Map<String, Object> wanted = Map.of("AppInstanceArn", chat.appInstance(), "Name", "chosen", "ChannelId",
                "chosen", "MemberArns", List.of(chat.bob()), "ChimeBearer", chat.alice(), "ClientRequestToken", "one");

        String channel = sdk.messaging("CreateChannel", wanted).get("ChannelArn").asText();

        assertThat(channel).isEqualTo(chat.appInstance() + "/channel/chosen");
        assertThat(sdk.messaging("CreateChannel", wanted).get("ChannelArn").asText()).isEqualTo(channel);
        assertThat(sdk.messaging("ListChannelMemberships", Conversation.on(channel, chat.bob()))
                .findValuesAsText("Arn")).containsExactlyInAnyOrder(chat.alice(), chat.bob());
        var again = new HashMap<>(wanted);
        again.put("ClientRequestToken", "another");
        JsonNode conflict = sdk.messagingRefusal("CreateChannel", again);
        assertThat(conflict.get("status").asInt()).isEqualTo(409);
        assertThat(conflict.get("name").asText()).isEqualTo(kind.errorName("Conflict"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aMessageKeepsEverythingItIsSentWith(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        var wanted = new HashMap<String, Object>(chat.message(chat.channel(), "[1]"));
        wanted.putAll(Map.of("Metadata", "{\"a\": \"é\"}", "ContentType", "application/json",
                "MessageAttributes", Map.of("tags", Map.of("StringValues", List.of("one", "two"))),
                "Target", List.of(Map.of("MemberArn", chat.bob()))));

        String message = sdk.messaging("SendChannelMessage", wanted).get("MessageId").asText();

        JsonNode read = chat.read(chat.channel(), message, chat.bob());
        assertThat(read.get("Metadata").asText()).isEqualTo("{\"a\": \"é\"}");
        assertThat(read.get("ContentType").asText()).isEqualTo("application/json");
        assertThat(read.at("/MessageAttributes/tags/StringValues").toString()).isEqualTo("[\"one\",\"two\"]");
        assertThat(read.at("/Target/0/MemberArn").asText()).isEqualTo(chat.bob());
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "CHROMIUM", "JAVASCRIPT_2", "GO"})
    void aMessageHasAStatus(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String message = chat.send(chat.channel(), "status");

        assertThat(sdk.messaging("GetChannelMessageStatus",
                Conversation.on(chat.channel(), chat.alice(), "MessageId", message)).at("/Status/Value").asText())
                .isEqualTo("SENT");
    }
}
