package bellframe.clients;

import java.net.URI;
import java.util.Map;

/// Users and a channel in the server's app instance, made by the AWS CLI.
record Chat(AwsCli aws, String appInstance) {

    static Chat on(BellframeProcess server) {
        Map<String, String> variables = server.variables();
        return new Chat(new AwsCli(variables), variables.getOrDefault("BELLFRAME_APP_INSTANCE_ARN", ""));
    }

    JavaScriptSdk js() {
        return new JavaScriptSdk(aws.variables());
    }

    /// The host and port that the server listens on.
    String address() {
        return URI.create(aws.variables().getOrDefault("AWS_ENDPOINT_URL", "")).getAuthority();
    }

    String user(String id) {
        return aws.identity("create-app-instance-user", "--app-instance-arn", appInstance,
                "--app-instance-user-id", id, "--name", id).get("AppInstanceUserArn").asText();
    }

    String admin(String id) {
        String user = user(id);
        aws.identity("create-app-instance-admin", "--app-instance-arn", appInstance,
                "--app-instance-admin-arn", user);
        return user;
    }

    String channel(String name, String bearer, String member) {
        return aws.messaging("create-channel", "--app-instance-arn", appInstance, "--name", name,
                "--member-arns", member, "--chime-bearer", bearer).get("ChannelArn").asText();
    }

    String send(String channel, String bearer, String content) {
        return aws.messaging("send-channel-message", "--channel-arn", channel, "--chime-bearer", bearer,
                "--content", content, "--type", "STANDARD", "--persistence", "PERSISTENT").get("MessageId").asText();
    }
}
