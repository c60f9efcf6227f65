package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where the `chime` namespace asked for less than its successors do.
class LegacySdkIT {

    @Order(1)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @Order(2)
    @RegisterExtension
    static final Conversations CHATS = new Conversations(SERVER);

    @ParameterizedTest
    @EnumSource(names = {"JAVA_LEGACY", "JAVASCRIPT_2_LEGACY"})
    void anUpdateWithoutContentKeepsTheContent(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        String message = chat.send(chat.channel(), "stays");

        sdk.messaging("UpdateChannelMessage",
                Conversation.on(chat.channel(), chat.alice(), "MessageId", message, "Metadata", "new"));

        JsonNode read = chat.read(chat.channel(), message, chat.bob());
        assertThat(read.get("Content").asText()).isEqualTo("stays");
        assertThat(read.get("Metadata").asText()).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_LEGACY", "JAVASCRIPT_2_LEGACY"})
    void anUpdateWithoutMetadataKeepsTheMetadata(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        sdk.identity("UpdateAppInstance", Map.of("AppInstanceArn", chat.appInstance(), "Name", "renamed"));
        sdk.identity("UpdateAppInstanceUser", Map.of("AppInstanceUserArn", chat.bob(), "Name", "Robert"));

        JsonNode appInstance = sdk.identity("DescribeAppInstance", Map.of("AppInstanceArn", chat.appInstance()));
        assertThat(appInstance.at("/AppInstance/Name").asText()).isEqualTo("renamed");
        assertThat(appInstance.at("/AppInstance/Metadata").asText()).isEqualTo("first");
        JsonNode user = sdk.identity("DescribeAppInstanceUser", Map.of("AppInstanceUserArn", chat.bob()));
        assertThat(user.at("/AppInstanceUser/Name").asText()).isEqualTo("Robert");
        assertThat(user.at("/AppInstanceUser/Metadata").asText()).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_LEGACY", "JAVASCRIPT_2_LEGACY"})
    void aCallWithoutBearerIsUnauthorized(Sdk kind) {
        Conversation chat = CHATS.with(kind);
        SdkCalls sdk = chat.sdk();
        JsonNode error = sdk.messagingRefusal("ListChannelMessages", Map.of("ChannelArn", chat.channel()));

        assertThat(error.get("status").asInt()).isEqualTo(401);
        assertThat(error.get("name").asText()).isEqualTo(kind.errorName("Unauthorized"));
    }
}
