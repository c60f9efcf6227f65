package bellframe.bench.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What all requests of one kind to one resource have in common, in the spellings that are sent and signed.
///
/// @param operation its name in the API
/// @param path as it goes over the wire
/// @param query as it goes over the wire, sorted as Signature Version 4 wants it; empty for none
/// @param bearer the user that acts; empty where nobody does
public record Request(String operation, String method, String path, String query, String bearer) {

    private static final String MESSAGES = "/messages";

    /// SendChannelMessage.
    public static Request send(String channelArn, String bearer) {
        return new Request("SendChannelMessage", "POST", "/channels/" + encoded(channelArn) + MESSAGES, "", bearer);
    }

    /// ListChannelMessages of the channel that this one sends to, from the newest on.
    public Request newestMessages(int count) {
        return new Request("ListChannelMessages", "GET", path, "max-results=" + count + "&sort-order=DESCENDING",
                bearer);
    }

    /// CreateAppInstanceUser.
    public static Request createUser() {
        return new Request("CreateAppInstanceUser", "POST", "/app-instance-users", "", "");
    }

    /// CreateChannel.
    public static Request createChannel(String bearer) {
        return new Request("CreateChannel", "POST", "/channels", "", bearer);
    }

    /// CreateChannelMembership of the channel that this one sends to.
    public Request addMember() {
        return new Request("CreateChannelMembership", "POST", memberships(), "", bearer);
    }

    /// BatchCreateChannelMembership of the channel that this one sends to.
    public Request addMembers() {
        return new Request("BatchCreateChannelMembership", "POST", memberships(), "operation=batch-create", bearer);
    }

    /// DeleteChannelMembership of the channel that this one sends to.
    public Request removeMember(String memberArn) {
        return new Request("DeleteChannelMembership", "DELETE", memberships() + "/" + encoded(memberArn), "", bearer);
    }

    /// CreateChannelFlow.
    public static Request createFlow() {
        return new Request("CreateChannelFlow", "POST", "/channel-flows", "", "");
    }

    /// AssociateChannelFlow for the channel that this one sends to.
    public Request associateFlow() {
        return new Request("AssociateChannelFlow", "PUT", ofChannel("/channel-flow"), "", bearer);
    }

    /// PutMessagingStreamingConfigurations.
    public static Request putStreams(String appInstanceArn) {
        return new Request("PutMessagingStreamingConfigurations", "PUT",
                "/app-instances/" + encoded(appInstanceArn) + "/streaming-configurations", "", "");
    }

    private String memberships() {
        return ofChannel("/memberships");
    }

    private String ofChannel(String what) {
        return path.substring(0, path.length() - MESSAGES.length()) + what;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /// Paths are signed as if what is sent were encoded once more.
    String canonicalPath() {
        return path.replace("%", "%25");
    }
}
