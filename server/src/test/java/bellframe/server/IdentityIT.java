package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstance;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceAdminSummary;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceSummary;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceUser;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceUserSummary;
import software.amazon.awssdk.services.chimesdkidentity.model.BadRequestException;
import software.amazon.awssdk.services.chimesdkidentity.model.ConflictException;
import software.amazon.awssdk.services.chimesdkidentity.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkidentity.model.ListAppInstanceUsersRequest;
import software.amazon.awssdk.services.chimesdkidentity.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkidentity.model.Tag;
import software.amazon.awssdk.services.chimesdkmessaging.model.UnauthorizedClientException;

/// App instances, their users and their admins, through the SDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityIT {

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;
    private ChimeSdkIdentityClient identity;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        identity = clients.identity();
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void anAppInstanceIsDescribedAsItWasCreated() {
        Instant before = Instant.now().minus(Duration.ofSeconds(1));
        String arn = identity.createAppInstance(app -> app.name("one")
                .metadata("its metadata")
                .tags(Tag.builder().key("team").value("chat").build())).appInstanceArn();

        AppInstance described = describeAppInstance(arn);
        assertThat(arn).startsWith(clients.appInstance().replaceFirst("app-instance/.*", "app-instance/"));
        assertThat(described.appInstanceArn()).isEqualTo(arn);
        assertThat(described.name()).isEqualTo("one");
        assertThat(described.metadata()).isEqualTo("its metadata");
        assertThat(described.createdTimestamp()).isBetween(before, Instant.now());
        assertThat(described.lastUpdatedTimestamp()).isEqualTo(described.createdTimestamp());
    }

    @Test
    void oneTokenCreatesOneAppInstance() {
        String token = UUID.randomUUID().toString();
        String first = identity.createAppInstance(app -> app.name("same").clientRequestToken(token)).appInstanceArn();

        assertThat(identity.createAppInstance(app -> app.name("same").clientRequestToken(token)).appInstanceArn())
                .isEqualTo(first);
        assertThat(identity.createAppInstance(app -> app.name("same")).appInstanceArn()).isNotEqualTo(first);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(
                () -> identity.createAppInstance(app -> app.name("different").clientRequestToken(token)));
    }

    @Test
    void appInstancesAreListedPageByPage() {
        List<String> created = List.of(clients.appInstance(), clients.otherAppInstance(), clients.otherAppInstance());

        List<String> listed = identity.listAppInstancesPaginator(list -> list.maxResults(1))
                .stream()
                .flatMap(page -> page.appInstances().stream())
                .map(AppInstanceSummary::appInstanceArn)
                .toList();

        assertThat(listed).containsAll(created).doesNotHaveDuplicates();
    }

    @Test
    void anUpdateReplacesNameAndMetadataOfAnAppInstance() {
        String arn = identity.createAppInstance(app -> app.name("old").metadata("old")).appInstanceArn();

        assertThat(identity.updateAppInstance(app -> app.appInstanceArn(arn).name("new").metadata("")).appInstanceArn())
                .isEqualTo(arn);

        AppInstance described = describeAppInstance(arn);
        assertThat(described.name()).isEqualTo("new");
        assertThat(described.metadata()).isNullOrEmpty();
        assertThat(described.lastUpdatedTimestamp()).isAfterOrEqualTo(described.createdTimestamp());
    }

    @Test
    void aDeletedAppInstanceIsGoneAtOnceWithItsUsers() {
        String arn = clients.otherAppInstance();
        String user = clients.userOf(arn, "resident");

        identity.deleteAppInstance(app -> app.appInstanceArn(arn));

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> describeAppInstance(arn));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> describeUser(user));
        assertThatExceptionOfType(UnauthorizedClientException.class).isThrownBy(
                () -> clients.messaging().listChannels(list -> list.appInstanceArn(arn).chimeBearer(user)));
        assertThat(identity.listAppInstances(list -> list.maxResults(50)).appInstances())
                .extracting(AppInstanceSummary::appInstanceArn)
                .doesNotContain(arn);
    }

    @Test
    void aRetryDoesNotBringADeletedAppInstanceBack() {
        String token = UUID.randomUUID().toString();
        String arn = identity.createAppInstance(app -> app.name("gone").clientRequestToken(token)).appInstanceArn();
        String user = clients.userOf(arn, "gone");
        identity.deleteAppInstance(app -> app.appInstanceArn(arn));

        assertThatExceptionOfType(ConflictException.class).isThrownBy(
                () -> identity.createAppInstance(app -> app.name("gone").clientRequestToken(token)));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> identity.describeAppInstanceUser(describe -> describe.appInstanceUserArn(user)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "simple", "us-east-1:7d4b1d4e-0a8e-4d5b-9f6e-1b1a2c3d4e5f", "ada@example.com", "a.b_c-d"
    })
    void aUserIsDescribedAsItWasCreatedWhateverItsId(String id) {
        String arn = createUser(id, "Ada", "likes engines");

        AppInstanceUser described = describeUser(arn);
        assertThat(arn).isEqualTo(clients.appInstance() + "/user/" + id);
        assertThat(described.appInstanceUserArn()).isEqualTo(arn);
        assertThat(described.name()).isEqualTo("Ada");
        assertThat(described.metadata()).isEqualTo("likes engines");
        assertThat(described.lastUpdatedTimestamp()).isEqualTo(described.createdTimestamp());
    }

    @Test
    void creatingTheSameUserAgainChangesNothing() {
        String arn = createUser("again", "Ada", "first");
        AppInstanceUser before = describeUser(arn);

        assertThat(createUser("again", "Ada", "first")).isEqualTo(arn);
        var withoutMetadata = identity.createAppInstanceUser(
                user -> user.appInstanceArn(clients.appInstance()).appInstanceUserId("again").name("Ada"));
        assertThat(withoutMetadata.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(describeUser(arn)).isEqualTo(before);
    }

    @Test
    void anotherUserOfTheSameIdIsAConflict() {
        String arn = createUser("taken", "Ada", "first");

        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> createUser("taken", "Grace", "first"));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> createUser("taken", "Ada", "second"));
        assertThat(describeUser(arn).name()).isEqualTo("Ada");
    }

    @Test
    void aListHasEveryUserOnceWhateverThePageSize() {
        String appInstance = clients.otherAppInstance();
        var created = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            created.add(clients.userOf(appInstance, "listed"));
        }

        var firstPage = identity.listAppInstanceUsers(list -> list.appInstanceArn(appInstance));
        assertThat(firstPage.appInstanceUsers()).hasSizeLessThanOrEqualTo(50).isNotEmpty();
        assertThat(firstPage.nextToken()).isNotNull();
        assertThat(listUsers(list -> list.appInstanceArn(appInstance))).containsExactlyInAnyOrderElementsOf(created);
        assertThat(listUsers(list -> list.appInstanceArn(appInstance).maxResults(7)))
                .containsExactlyInAnyOrderElementsOf(created);
        assertThat(firstPage.appInstanceUsers().getFirst()).isEqualTo(AppInstanceUserSummary.builder()
                .appInstanceUserArn(firstPage.appInstanceUsers().getFirst().appInstanceUserArn())
                .name("listed")
                .build());
    }

    @Test
    void aPageTokenIsGoodForItsOwnListOnly() {
        String appInstance = clients.otherAppInstance();
        clients.userOf(appInstance, "one");
        clients.userOf(appInstance, "two");
        String token = identity.listAppInstanceUsers(list -> list.appInstanceArn(appInstance).maxResults(1))
                .nextToken();

        assertThat(token).isNotNull();
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> identity
                .listAppInstanceUsers(list -> list.appInstanceArn(clients.appInstance()).nextToken(token)));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> identity.listAppInstances(list -> list.nextToken(token)));
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> identity
                .listAppInstanceUsers(list -> list.appInstanceArn(appInstance).nextToken("made-up")));
    }

    @Test
    void anUpdateReplacesNameAndMetadataOfAUser() {
        String arn = createUser("renamed", "Ada", "first");

        identity.updateAppInstanceUser(user -> user.appInstanceUserArn(arn).name("Countess").metadata("second"));

        AppInstanceUser described = describeUser(arn);
        assertThat(described.name()).isEqualTo("Countess");
        assertThat(described.metadata()).isEqualTo("second");
        assertThat(described.lastUpdatedTimestamp()).isAfterOrEqualTo(described.createdTimestamp());
    }

    @Test
    void aDeletedUserLosesMembershipsAndRoleAndIsAnotherUserWhenCreatedAgain() {
        String owner = clients.user("owner");
        String leaver = createUser("leaver", "Ada", "first");
        identity.createAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(leaver));
        String channel = clients.channel(owner, leaver);

        identity.deleteAppInstanceUser(user -> user.appInstanceUserArn(leaver));

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> describeUser(leaver));
        assertThatExceptionOfType(UnauthorizedClientException.class)
                .isThrownBy(() -> clients.send(leaver, channel, "from beyond"));
        assertThat(listUsers(list -> list.appInstanceArn(clients.appInstance()))).doesNotContain(leaver);
        assertThat(createUser("leaver", "Grace", "second")).isEqualTo(leaver);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> describeAdmin(leaver));
        assertThat(clients.messaging()
                .listChannelMemberships(
                        list -> list.channelArn(channel).chimeBearer(owner))
                .channelMemberships())
                .extracting(membership -> membership.member().arn())
                .containsExactly(owner);
    }

    @Test
    void anAdminIsCreatedDescribedListedAndDemoted() {
        String user = clients.user("chief");

        var created = identity.createAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user));

        assertThat(created.appInstanceArn()).isEqualTo(clients.appInstance());
        assertThat(created.appInstanceAdmin().arn()).isEqualTo(user);
        assertThat(created.appInstanceAdmin().name()).isEqualTo("chief");
        assertThat(describeAdmin(user)).isEqualTo(user);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> identity.createAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user)));
        assertThat(listAdmins()).contains(user);

        identity.deleteAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user));

        assertThat(listAdmins()).doesNotContain(user);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> describeAdmin(user));
        assertThat(describeUser(user).name()).isEqualTo("chief");
    }

    @Test
    void aUserOfAnotherAppInstanceCannotBecomeAdmin() {
        String stranger = clients.userOf(clients.otherAppInstance(), "stranger");

        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> identity.createAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(stranger)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOnWhatIsNotThere")
    void whatIsNotThereIsNotFound(AbsentTarget call) {
        String absent = clients.appInstance().replaceFirst("[^/]*$", UUID.randomUUID().toString());

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> call.run(identity, absent));
    }

    /// An operation on something of an app instance that does not exist.
    record AbsentTarget(String operation, Call call) {

        private interface Call {
            void run(ChimeSdkIdentityClient identity, String appInstance);
        }

        void run(ChimeSdkIdentityClient identity, String appInstance) {
            call.run(identity, appInstance);
        }

        @Override
        public String toString() {
            return operation;
        }
    }

    private static List<AbsentTarget> callsOnWhatIsNotThere() {
        return List.of(
                new AbsentTarget("DescribeAppInstance",
                        (identity, absent) -> identity.describeAppInstance(app -> app.appInstanceArn(absent))),
                new AbsentTarget("UpdateAppInstance", (identity, absent) -> identity
                        .updateAppInstance(app -> app.appInstanceArn(absent).name("x").metadata("x"))),
                new AbsentTarget("DeleteAppInstance",
                        (identity, absent) -> identity.deleteAppInstance(app -> app.appInstanceArn(absent))),
                new AbsentTarget("CreateAppInstanceUser", (identity, absent) -> identity.createAppInstanceUser(
                        user -> user.appInstanceArn(absent).appInstanceUserId("x").name("x"))),
                new AbsentTarget("DescribeAppInstanceUser", (identity, absent) -> identity
                        .describeAppInstanceUser(user -> user.appInstanceUserArn(absent + "/user/x"))),
                new AbsentTarget("UpdateAppInstanceUser", (identity, absent) -> identity.updateAppInstanceUser(
                        user -> user.appInstanceUserArn(absent + "/user/x").name("x").metadata("x"))),
                new AbsentTarget("DeleteAppInstanceUser", (identity, absent) -> identity
                        .deleteAppInstanceUser(user -> user.appInstanceUserArn(absent + "/user/x"))),
                new AbsentTarget("ListAppInstanceUsers",
                        (identity, absent) -> identity.listAppInstanceUsers(list -> list.appInstanceArn(absent))),
                new AbsentTarget("DescribeAppInstanceAdmin", (identity, absent) -> identity.describeAppInstanceAdmin(
                        admin -> admin.appInstanceArn(absent).appInstanceAdminArn(absent + "/user/x"))),
                new AbsentTarget("ListAppInstanceAdmins",
                        (identity, absent) -> identity.listAppInstanceAdmins(list -> list.appInstanceArn(absent))));
    }

    private AppInstance describeAppInstance(String arn) {
        return identity.describeAppInstance(app -> app.appInstanceArn(arn)).appInstance();
    }

    private String createUser(String id, String name, String metadata) {
        return identity.createAppInstanceUser(user -> user.appInstanceArn(clients.appInstance())
                .appInstanceUserId(id)
                .name(name)
                .metadata(metadata)).appInstanceUserArn();
    }

    private AppInstanceUser describeUser(String arn) {
        return identity.describeAppInstanceUser(user -> user.appInstanceUserArn(arn)).appInstanceUser();
    }

    private List<String> listUsers(Consumer<ListAppInstanceUsersRequest.Builder> list) {
        return identity.listAppInstanceUsersPaginator(list)
                .stream()
                .flatMap(page -> page.appInstanceUsers().stream())
                .map(AppInstanceUserSummary::appInstanceUserArn)
                .toList();
    }

    private String describeAdmin(String user) {
        return identity.describeAppInstanceAdmin(
                admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user))
                .appInstanceAdmin()
                .admin()
                .arn();
    }

    private List<String> listAdmins() {
        return identity.listAppInstanceAdmins(list -> list.appInstanceArn(clients.appInstance()))
                .appInstanceAdmins()
                .stream()
                .map(AppInstanceAdminSummary::admin)
                .map(admin -> admin.arn())
                .toList();
    }
}
