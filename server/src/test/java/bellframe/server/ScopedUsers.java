package bellframe.server;

import bellframe.names.UserArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/// An application whose users each sign with credentials of their own: a role whose sessions may act as the user in their
/// tag, a service that may assume it and nothing else, and two users.
final class ScopedUsers implements AutoCloseable {

    static final String ROLE = "chat";
    static final String USER_TAG = "AppInstanceUserId";

    private final List<SdkClients> opened = new ArrayList<>();
    private final SdkClients root;
    private final AwsCredentials service;
    private final String alice;
    private final String bob;
    private final SdkClients asAlice;
    private final SdkClients asBob;

    /// @param root clients that may do everything
    ScopedUsers(SdkClients root) {
        this.root = root;
        createRole(ROLE);
        service = createUser("service", policy("Allow", "[\"sts:AssumeRole\",\"sts:TagSession\"]", "*"));
        alice = root.user("alice");
        bob = root.user("bob");
        asAlice = as(session(alice));
        asBob = as(session(bob));
    }

    /// Creates a role as the README has it.
    void createRole(String name) {
        root.iam()
                .createRole(role -> role.roleName(name)
                        .assumeRolePolicyDocument(trust())
                        .maxSessionDuration(43_200));
        root.iam().putRolePolicy(policy -> policy.roleName(name).policyName("chat").policyDocument(ownUserOnly()));
    }

    void deleteRole(String name) {
        root.iam().deleteRolePolicy(policy -> policy.roleName(name).policyName("chat"));
        root.iam().deleteRole(role -> role.roleName(name));
    }

    private String trust() {
        return """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"},
                 "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}}
                """.formatted(account());
    }

    /// Every operation of chime, as the user in the tag, in every channel, but for those that no bearer answers for: they are
    /// allowed in whatever channel a policy names.
    String ownUserOnly() {
        return """
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": "chime:*",
                  "Resource": ["%1$s/user/${aws:PrincipalTag/AppInstanceUserId}", "%1$s/channel/*"]},
                 {"Effect": "Deny", "Action": ["chime:*Resource", "chime:ChannelFlowCallback"],
                  "Resource": "%1$s/channel/*"},
                 {"Effect": "Allow", "Action": "chime:GetMessagingSessionEndpoint", "Resource": "*"}]}
                """.formatted(root.appInstance());
    }

    /// A policy with one statement.
    ///
    /// @param actions as JSON
    static String policy(String effect, String actions, String resource) {
        return """
                {"Version": "2012-10-17", "Statement": {"Effect": "%s", "Action": %s, "Resource": "%s"}}
                """.formatted(effect, actions, resource);
    }

    /// Creates an IAM user and a key of it.
    AwsCredentials createUser(String name, String policy) {
        root.iam().createUser(user -> user.userName(name));
        root.iam().putUserPolicy(put -> put.userName(name).policyName("policy").policyDocument(policy));
        AccessKey key = root.iam().createAccessKey(user -> user.userName(name)).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    String account() {
        return root.appInstance().split(":", -1)[4];
    }

    String roleArn(String name) {
        return "arn:aws:iam::" + account() + ":role/" + name;
    }

    static String id(String userArn) {
        return UserArn.parse(userArn).orElseThrow().id();
    }

    /// Credentials that the service gets for a user.
    AwsSessionCredentials session(String userArn) {
        return session(service, ROLE, Map.of(USER_TAG, id(userArn)), null);
    }

    /// Credentials that somebody gets by assuming a role.
    AwsSessionCredentials session(AwsCredentials caller, String role, Map<String, String> tags,
            @Nullable String policy) {
        try (SdkClients clients = root.as(caller)) {
            return credentials(clients.sts().assumeRole(request(role, tags).policy(policy).build()).credentials());
        }
    }

    AssumeRoleRequest.Builder request(String role, Map<String, String> tags) {
        return AssumeRoleRequest.builder()
                .roleArn(roleArn(role))
                .roleSessionName("a-session")
                .tags(tags.entrySet()
                        .stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList())
                .transitiveTagKeys(tags.keySet());
    }

    static AwsSessionCredentials credentials(Credentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    /// Clients of somebody, which end with this.
    SdkClients as(AwsCredentials credentials) {
        SdkClients clients = root.as(credentials);
        opened.add(clients);
        return clients;
    }

    SdkClients root() {
        return root;
    }

    AwsCredentials service() {
        return service;
    }

    String alice() {
        return alice;
    }

    String bob() {
        return bob;
    }

    SdkClients asAlice() {
        return asAlice;
    }

    SdkClients asBob() {
        return asBob;
    }

    @Override
    public void close() {
        opened.forEach(SdkClients::close);
    }
}
