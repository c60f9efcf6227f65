package bellframe.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/// An app instance of its own with people in it and a channel of two of them, all made with one SDK.
record Conversation(SdkCalls sdk, String appInstance, String alice, String bob, String admin, String channel) {

    static Conversation start(SdkCalls sdk) {
        String appInstance = sdk.identity("CreateAppInstance",
                Map.of("Name", "demo", "Metadata", "first")).get("AppInstanceArn").asText();
        String alice = user(sdk, appInstance, "alice");
        String bob = user(sdk, appInstance, "bob");
        String admin = user(sdk, appInstance, "admin");
        sdk.identity("CreateAppInstanceAdmin",
                Map.of("AppInstanceArn", appInstance, "AppInstanceAdminArn", admin));
        String channel = channel(sdk, appInstance, alice, "general");
        var conversation = new Conversation(sdk, appInstance, alice, bob, admin, channel);
        conversation.join(channel, bob);
        return conversation;
    }

    static String user(SdkCalls sdk, String appInstance, String id) {
        return sdk.identity("CreateAppInstanceUser", Map.of("AppInstanceArn", appInstance, "AppInstanceUserId", id,
                "Name", id, "Metadata", "first")).get("AppInstanceUserArn").asText();
    }

    private static String channel(SdkCalls sdk, String appInstance, String owner, String name) {
        return sdk.messaging("CreateChannel", Map.of("AppInstanceArn", appInstance, "Name", name, "Mode", "RESTRICTED",
                "Privacy", "PRIVATE", "ChimeBearer", owner)).get("ChannelArn").asText();
    }

    String user(String id) {
        return user(sdk, appInstance, id);
    }

    String channel(String name) {
        return channel(sdk, appInstance, alice, name);
    }

    JsonNode join(String channelArn, String user) {
        return sdk.messaging("CreateChannelMembership",
                Map.of("ChannelArn", channelArn, "MemberArn", user, "Type", "DEFAULT", "ChimeBearer", alice));
    }

    String send(String channelArn, String content) {
        return sdk.messaging("SendChannelMessage", message(channelArn, content)).get("MessageId").asText();
    }

    Map<String, String> message(String channelArn, String content) {
        return on(channelArn, alice, "Content", content, "Type", "STANDARD", "Persistence", "PERSISTENT");
    }

    /// The message as someone reads it.
    JsonNode read(String channelArn, String message, String bearer) {
        return sdk.messaging("GetChannelMessage", on(channelArn, bearer, "MessageId", message)).get("ChannelMessage");
    }

    /// Parameters of a call about a channel.
    static Map<String, String> on(String channelArn, String bearer, String... namesAndValues) {
        var parameters = new HashMap<>(Map.of("ChannelArn", channelArn, "ChimeBearer", bearer));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }
}
