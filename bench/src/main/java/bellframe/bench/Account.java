package bellframe.bench;

import bellframe.credentials.AccessKey;
import bellframe.credentials.AccessKeys;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Origin;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.iam.Attachments;
import bellframe.iam.Entities;
import bellframe.iam.IamRole;
import bellframe.iam.UserAccessKeys;
import bellframe.policy.PolicyDocument;
import bellframe.storage.memory.MemoryStorage;
import bellframe.sts.AssumedRoles;
import bellframe.sts.Assumption;
import bellframe.sts.KnownKeys;
import bellframe.sts.TemporaryCredentials;
import bellframe.tags.Tags;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// An account with a role for chat users, as the README sets it up, and keys to act in it.
final class Account {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String REGION = "us-east-1";
    static final Origin ORIGIN = new Origin("192.0.2.7", true, "bench");

    static final bellframe.names.Account NAME = new bellframe.names.Account("123456789012", REGION);
    private static final String APP_INSTANCE = "arn:aws:chime:us-east-1:123456789012:app-instance/"
            + "0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab";
    private static final String ROLE = "arn:aws:iam::123456789012:role/chat-user";

    static final String USER = APP_INSTANCE + "/user/alice";
    static final String CHANNEL = APP_INSTANCE + "/channel/5e2d7c1f0a9b48d6b3e1c2a4f6d8e0b1";

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},
            "Action":["sts:AssumeRole","sts:TagSession"]}]}""";
    private static final String PERMISSIONS = """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":["chime:Connect","chime:SendChannelMessage","chime:ListChannelMessages",
            "chime:ListChannelMemberships","chime:DescribeChannel","chime:CreateChannel","chime:UpdateChannelReadMarker"],
            "Resource":["APP/user/${aws:PrincipalTag/AppInstanceUserId}","APP/channel/*"]},
            {"Effect":"Allow","Action":"chime:GetMessagingSessionEndpoint","Resource":"*"},
            {"Effect":"Deny","Action":["chime:SendChannelMessage","chime:UpdateChannelMessage"],"Resource":"*",
            "Condition":{"StringEquals":{"aws:ResourceTag/mode":"read-only"}}}]}"""
            .replace("APP", APP_INSTANCE);

    private final InstantSource clock = () -> NOW;
    private final AccessKey root;
    private final KnownKeys keys;
    private final Permissions permissions;
    private final TemporaryCredentials chatUser;

    Account() {
        var random = new SecureRandom();
        var storage = new MemoryStorage();
        var newKeys = new NewKeys(random);
        var masterKey = new MasterKey(new byte[MasterKey.BYTES], null, random);
        root = new AccessKey(newKeys.id(NewKeys.IdKind.ACCESS_KEY), newKeys.secret(), Principal.root(NAME.rootArn()));
        var users = Entities.users(NAME, storage);
        var roles = Entities.roles(NAME, storage);
        keys = new KnownKeys(() -> root, new UserAccessKeys(NAME, users, storage, masterKey, newKeys, clock), users,
                roles, masterKey, clock);
        permissions = new Permissions(new Tags(storage)::of, REGION, clock);
        roles.add(role(newKeys));
        chatUser = new AssumedRoles(roles, permissions, keys, newKeys, clock).assume(root.principal(), ORIGIN,
                new Assumption(ROLE, "alice", null, null, Map.of("AppInstanceUserId", "alice"), List.of(), null, null))
                .credentials();
    }

    private static IamRole role(NewKeys newKeys) {
        return new IamRole(ROLE, "chat-user", "/", newKeys.id(NewKeys.IdKind.ROLE), NOW, null, Duration.ofHours(1),
                PolicyDocument.parse(PolicyDocument.Kind.TRUST, TRUST),
                new Attachments(Map.of(),
                        Map.of("chat", PolicyDocument.parse(PolicyDocument.Kind.IDENTITY, PERMISSIONS))));
    }

    InstantSource clock() {
        return clock;
    }

    AccessKeys keys() {
        return keys;
    }

    Permissions permissions() {
        return permissions;
    }

    AwsCredentialsIdentity root() {
        return AwsCredentialsIdentity.create(root.id(), root.secret());
    }

    /// Keys that act as one user.
    AwsCredentialsIdentity chatUser() {
        return AwsSessionCredentialsIdentity.create(chatUser.accessKeyId(), chatUser.secretAccessKey(),
                chatUser.sessionToken());
    }
}
