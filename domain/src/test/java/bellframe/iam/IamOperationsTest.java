package bellframe.iam;

import static bellframe.iam.EntitiesTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bellframe.api.Call;
import bellframe.api.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import bellframe.api.iam.UntagOpenIDConnectProviderRequest;
import bellframe.api.iam.TagOpenIDConnectProviderRequest;
import bellframe.api.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import bellframe.api.iam.ListOpenIDConnectProviderTagsRequest;
import bellframe.api.iam.GetOpenIDConnectProviderResponse;
import bellframe.api.iam.AddClientIDToOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateAccessKeyRequest;
import bellframe.api.iam.CreateUserRequest;
import bellframe.api.iam.DeleteAccessKeyRequest;
import bellframe.api.iam.DeleteOpenIDConnectProviderRequest;
import bellframe.api.iam.GetOpenIDConnectProviderRequest;
import bellframe.api.iam.GetRoleRequest;
import bellframe.api.iam.GetUserRequest;
import bellframe.api.iam.ListAccessKeysRequest;
import bellframe.api.iam.ListUsersRequest;
import bellframe.api.iam.PutUserPolicyRequest;
import bellframe.api.iam.Tag;
import bellframe.api.iam.TagUserRequest;
import bellframe.refusals.Refusal;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.AccessWorld;
import bellframe.testing.TestClock;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IamOperationsTest {

    private static final String OWN = AccessWorld.allow("iam:*",
            "arn:aws:iam::123456789012:user/${aws:username}");

    private final AccessWorld world = new AccessWorld(new MemoryStorage(), new TestClock());

    @Test
    void whoHasRightsToItselfHasNoneToOthers() {
        Call alice = AccessWorld.by(world.user("alice", OWN));
        world.user("bob", OWN);
        world.user("alice2", OWN);

        assertThat(world.userOperations.get(alice, new GetUserRequest(null)).user().userName()).isEqualTo("alice");
        assertThat(world.keyOperations.list(alice, ListAccessKeysRequest.builder().build()).accessKeyMetadata())
                .hasSize(1);
        for (String other : List.of("bob", "alice2", "nobody")) {
            assertRefused(Refusal.ACCESS_DENIED, () -> world.userOperations.get(alice, new GetUserRequest(other)));
            assertRefused(Refusal.ACCESS_DENIED,
                    () -> world.keyOperations.create(alice, new CreateAccessKeyRequest(other)));
            assertRefused(Refusal.ACCESS_DENIED, () -> world.userOperations.putPolicy(alice,
                    new PutUserPolicyRequest(other, "p", AccessWorld.allow("*", "*"))));
        }
        assertRefused(Refusal.ACCESS_DENIED,
                () -> world.userOperations.list(alice, ListUsersRequest.builder().build()));
    }

    /// What a policy says of the user it says of it in every spelling of its name.
    @Test
    void aSpellingOfANameIsJudgedAsTheUserThatItMeans() {
        Call alice = AccessWorld.by(world.user("alice", "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"iam:*\","
                + "\"Resource\":\"arn:aws:iam::123456789012:user/bob\"}]}"));
        UserAccessKey bobs = world.user("bob", OWN);

        assertRefused(Refusal.ACCESS_DENIED,
                () -> world.keyOperations.create(alice, new CreateAccessKeyRequest("BOB")));
        assertRefused(Refusal.ACCESS_DENIED,
                () -> world.keyOperations.delete(alice, new DeleteAccessKeyRequest("Bob", bobs.id())));
    }

    @Test
    void aSpellingOfAProvidersArnIsNotTheProviderThatThePolicyJudged() {
        String arn = world.provider("https://idp.example.com/Realm", "app");
        Call alice = AccessWorld.by(world.user("alice", "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"iam:*\","
                + "\"Resource\":\"" + arn + "\"}]}"));

        for (String spelling : List.of(arn.toUpperCase(Locale.ROOT), arn.replace("Realm", "realm"),
                arn.replace("idp", "IDP"), "idp.example.com/Realm", arn + "/")) {
            assertRefused(Refusal.NO_SUCH_ENTITY, () -> world.providerOperations.get(alice,
                    new GetOpenIDConnectProviderRequest(spelling)));
            world.providerOperations.delete(alice, new DeleteOpenIDConnectProviderRequest(spelling));
        }
        assertRefused(Refusal.ACCESS_DENIED,
                () -> world.providerOperations.delete(alice, new DeleteOpenIDConnectProviderRequest(arn)));
        assertThatCode(() -> world.providerOperations.get(world.root(), new GetOpenIDConnectProviderRequest(arn)))
                .doesNotThrowAnyException();
    }

    @Test
    void credentialsOfGetSessionTokenMayNotCallIam() {
        Call alice = AccessWorld.by(world.user("alice", AccessWorld.allow("*", "*")));

        for (Call call : List.of(world.withinSession(alice), world.withinSession(world.root()))) {
            assertRefused(Refusal.ACCESS_DENIED, () -> world.userOperations.get(call, new GetUserRequest(null)));
            assertRefused(Refusal.ACCESS_DENIED,
                    () -> world.userOperations.create(call, CreateUserRequest.builder().userName("new").build()));
            assertRefused(Refusal.ACCESS_DENIED,
                    () -> world.keyOperations.create(call, new CreateAccessKeyRequest("alice")));
            assertRefused(Refusal.ACCESS_DENIED, () -> world.roleOperations.get(call, new GetRoleRequest("none")));
        }
    }

    @Test
    void whetherThereIsSomebodyOnlyThoseLearnWhoMayLook() {
        Call alice = AccessWorld.by(world.user("alice", OWN));
        world.role("there", AccessWorld.TRUST, AccessWorld.allow("*", "*"));

        for (String role : List.of("there", "absent")) {
            assertRefused(Refusal.ACCESS_DENIED, () -> world.roleOperations.get(alice, new GetRoleRequest(role)));
        }
    }

    @Test
    void aDenialByTagsOfAUserHolds() {
        Call alice = AccessWorld.by(world.user("alice", "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"iam:*\","
                + "\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/protected\":\"yes\"}}}]}"));
        world.user("bob", OWN);
        world.userOperations.tag(world.root(), new TagUserRequest("bob", List.of(new Tag("Protected", "yes"))));

        assertRefused(Refusal.ACCESS_DENIED, () -> world.userOperations.get(alice, new GetUserRequest("bob")));
        assertThatCode(() -> world.userOperations.get(alice, new GetUserRequest("alice"))).doesNotThrowAnyException();
    }

    @Test
    void anIdentityProviderIsChangedInPlace() {
        Call root = world.root();
        String arn = world.provider("https://idp.example.com", "app");
        var operations = world.providerOperations;

        operations.addClientId(root, new AddClientIDToOpenIDConnectProviderRequest(arn, "second"));
        operations.addClientId(root, new AddClientIDToOpenIDConnectProviderRequest(arn, "second"));
        operations.removeClientId(root, new RemoveClientIDFromOpenIDConnectProviderRequest(arn, "app"));
        operations.removeClientId(root, new RemoveClientIDFromOpenIDConnectProviderRequest(arn, "absent"));
        operations.updateThumbprint(root,
                new UpdateOpenIDConnectProviderThumbprintRequest(arn, List.of("a".repeat(40))));
        operations.tag(root, new TagOpenIDConnectProviderRequest(arn,
                List.of(new Tag("team", "chat"), new Tag("stage", "test"))));
        operations.untag(root, new UntagOpenIDConnectProviderRequest(arn, List.of("Stage")));

        assertThat(operations.get(root, new GetOpenIDConnectProviderRequest(arn)))
                .returns(List.of("second"), GetOpenIDConnectProviderResponse::clientIDList)
                .returns(List.of("a".repeat(40)), GetOpenIDConnectProviderResponse::thumbprintList)
                .returns(List.of(new Tag("team", "chat")), GetOpenIDConnectProviderResponse::tags);
        assertThat(operations.listTags(root, ListOpenIDConnectProviderTagsRequest.builder()
                .openIDConnectProviderArn(arn)
                .build()).tags()).containsExactly(new Tag("team", "chat"));
    }

    @Test
    void anIdentityProviderHasSoManyClientIdsAndTags() {
        Call root = world.root();
        String arn = world.provider("https://idp.example.com", "app");
        List<Tag> tags = IntStream.rangeClosed(1, 51).mapToObj(i -> new Tag("key" + i, "v")).toList();

        assertRefused(Refusal.LIMIT_EXCEEDED, () -> world.providerOperations.tag(root,
                new TagOpenIDConnectProviderRequest(arn, tags)));
        for (int i = 1; i < 100; i++) {
            world.providerOperations.addClientId(root,
                    new AddClientIDToOpenIDConnectProviderRequest(arn, "app" + i));
        }
        assertRefused(Refusal.LIMIT_EXCEEDED, () -> world.providerOperations.addClientId(root,
                new AddClientIDToOpenIDConnectProviderRequest(arn, "one-too-many")));
    }
}
