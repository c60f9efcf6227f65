package bellframe.clients;

import bellframe.outbound.oidc.OidcProviderServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A chat of two users, and roles whose sessions may act as one user each.
///
/// `person` may act as the user that its session is tagged with, `robot` as the one that it is tagged with itself. The IAM
/// user `backend` may assume both; whoever has a token of the identity provider for `chat` is a `person`.
///
/// @param root commands signed with the root key
/// @param backend the key of `backend`
record ChatRoles(
        AwsCommands root,
        OidcProviderServer provider,
        String account,
        String appInstance,
        String channel,
        Map<String, String> backend) implements AutoCloseable {

    static final String USER_TAG = "AppInstanceUserId";
    static final String CLIENT_ID = "chat";

    static ChatRoles make(Map<String, String> variables, OidcProviderServer provider) {
        AwsCommands root = AwsCommands.start(variables);
        String account = root.run("sts", "get-caller-identity").get("Account").asText();
        String appInstance = variables.getOrDefault("BELLFRAME_APP_INSTANCE_ARN", "");
        var roles = new ChatRoles(root, provider, account, appInstance, channel(root, appInstance), backend(root));
        roles.make();
        return roles;
    }

    private static String channel(AwsCommands root, String appInstance) {
        return root.run("chime-sdk-messaging", "create-channel", "--app-instance-arn", appInstance, "--name", "general",
                "--chime-bearer", user(root, appInstance, "alice"), "--member-arns", user(root, appInstance, "robot"))
                .get("ChannelArn")
                .asText();
    }

    private static String user(AwsCommands root, String appInstance, String id) {
        return root.run("chime-sdk-identity", "create-app-instance-user", "--app-instance-arn", appInstance,
                "--app-instance-user-id", id, "--name", id).get("AppInstanceUserArn").asText();
    }

    private static Map<String, String> backend(AwsCommands root) {
        root.run("iam", "create-user", "--user-name", "backend");
        JsonNode key = root.run("iam", "create-access-key", "--user-name", "backend").get("AccessKey");
        return Keys.lasting(key);
    }

    private void make() {
        root.run("iam", "create-open-id-connect-provider", "--url", provider.url(), "--client-id-list", CLIENT_ID);
        make("person", backendStatement() + ", " + providerStatement());
        make("robot", backendStatement());
        root.run("iam", "tag-role", "--role-name", "robot", "--tags", "Key=" + USER_TAG + ",Value=robot");
    }

    private void make(String role, String trustStatements) {
        root.run("iam", "create-role", "--role-name", role, "--assume-role-policy-document",
                "{\"Version\": \"2012-10-17\", \"Statement\": [" + trustStatements + "]}");
        root.run("iam", "put-role-policy", "--role-name", role, "--policy-name", "chat", "--policy-document", """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "chime:*",
                    "Resource": ["%1$s/user/${aws:PrincipalTag/%2$s}", "%1$s/channel/*"]},
                  {"Effect": "Allow", "Action": "chime:GetMessagingSessionEndpoint", "Resource": "*"}]}"""
                .formatted(appInstance, USER_TAG));
    }

    private String backendStatement() {
        return """
                {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"],
                  "Principal": {"AWS": "arn:aws:iam::%s:user/backend"}}""".formatted(account);
    }

    private String providerStatement() {
        String name = provider.url().substring("https://".length());
        return """
                {"Effect": "Allow", "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
                  "Principal": {"Federated": "arn:aws:iam::%s:oidc-provider/%s"},
                  "Condition": {"StringEquals": {"%s:aud": "%s"}}}""".formatted(account, name, name, CLIENT_ID);
    }

    /// What the server must be told to fetch the provider's keys, and to give credentials of `person` for its tokens.
    ///
    /// @param folder for the certificate of the provider's authority
    Map<String, String> settings(Path folder) {
        return Map.of("BELLFRAME_IDENTITY_PROVIDER_CA_FILE", provider.writeAuthority(folder).toString(),
                "BELLFRAME_CREDENTIAL_EXCHANGE_ROLE", role("person"),
                "BELLFRAME_CREDENTIAL_EXCHANGE_PROVIDER", provider.url());
    }

    String role(String name) {
        return "arn:aws:iam::" + account + ":role/" + name;
    }

    String user(String id) {
        return appInstance + "/user/" + id;
    }

    /// A token about somebody, which says as whom the session may act.
    String token(String subject, Instant issued) {
        Map<String, Object> claims = provider.claims(subject, CLIENT_ID, issued);
        claims.put("https://aws.amazon.com/tags", Map.of("principal_tags", Map.of(USER_TAG, List.of(subject))));
        return provider.token(claims);
    }

    @Override
    public void close() throws IOException {
        root.close();
    }
}
