package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.BadRequestException;
import software.amazon.awssdk.services.chimesdkmessaging.model.Channel;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembership;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.CreateChannelRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.ErrorCode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ListChannelMembershipsRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.ListChannelsRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkmessaging.model.Tag;
import software.amazon.awssdk.services.chimesdkmessaging.model.UnauthorizedClientException;

/// Channels and memberships, and who may do what to them, through the SDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelIT {

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;
    private ChimeSdkMessagingClient messaging;
    private String owner;
    private String ada;
    private String bob;
    private String outsider;
    private String admin;
    private String foreigner;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        messaging = clients.messaging();
        owner = clients.user("owner");
        ada = clients.user("ada");
        bob = clients.user("bob");
        outsider = clients.user("outsider");
        admin = clients.admin("admin");
        foreigner = clients.userOf(clients.otherAppInstance(), "foreigner");
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void aChannelIsDescribedAsItWasCreated() {
        String arn = create(channel -> channel.name("Émile’s 🎈")
                .metadata("its metadata")
                .mode(ChannelMode.UNRESTRICTED)
                .privacy(ChannelPrivacy.PRIVATE)
                .channelId("described")
                .tags(Tag.builder().key("team").value("chat").build()));

        Channel described = describe(owner, arn);
        assertThat(arn).isEqualTo(clients.appInstance() + "/channel/described");
        assertThat(described.channelArn()).isEqualTo(arn);
        assertThat(described.name()).isEqualTo("Émile’s 🎈");
        assertThat(described.metadata()).isEqualTo("its metadata");
        assertThat(described.mode()).isEqualTo(ChannelMode.UNRESTRICTED);
        assertThat(described.privacy()).isEqualTo(ChannelPrivacy.PRIVATE);
        assertThat(described.createdBy().arn()).isEqualTo(owner);
        assertThat(described.createdBy().name()).isEqualTo("owner");
        assertThat(described.createdTimestamp()).isEqualTo(described.lastUpdatedTimestamp());
        assertThat(described.lastMessageTimestamp()).isNull();
    }

    @Test
    void aChannelIsPublicAndRestrictedWithAnIdOfItsOwnUnlessSaidOtherwise() {
        String arn = clients.channel(owner);

        Channel described = describe(owner, arn);
        assertThat(arn).matches(".*/channel/[0-9a-f]{64}");
        assertThat(described.privacy()).isEqualTo(ChannelPrivacy.PUBLIC);
        assertThat(described.mode()).isEqualTo(ChannelMode.RESTRICTED);
        assertThat(described.metadata()).isNull();
    }

    @Test
    void theCreatorIsModeratorAndMemberAndTheNamedOnesWhatTheyAreNamedAs() {
        String arn = create(channel -> channel.memberArns(ada, ada, owner).moderatorArns(bob));

        assertThat(members(owner, arn)).containsExactlyInAnyOrder(owner, ada);
        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(owner).name("by its creator"));
        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(bob).name("by a moderator"));
        assertForbidden(() -> messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(ada).name("no")));
        assertForbidden(() -> clients.send(bob, arn, "a moderator is no member"));
    }

    @Test
    void anUnknownUserInMemberArnsFailsTheWholeCreation() {
        String id = UUID.randomUUID().toString();

        for (String unknown : List.of(clients.appInstance() + "/user/nobody", foreigner)) {
            assertForbidden(() -> create(channel -> channel.channelId(id).memberArns(ada, unknown)));
            assertForbidden(() -> create(channel -> channel.channelId(id).moderatorArns(unknown)));
        }
        assertForbidden(() -> describe(owner, clients.appInstance() + "/channel/" + id));
        assertThat(create(channel -> channel.channelId(id))).endsWith(id);
    }

    @Test
    void aChannelIdCanBeUsedOnce() {
        create(channel -> channel.channelId("taken"));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> create(channel -> channel.channelId("taken")));
    }

    @Test
    void oneTokenCreatesOneChannel() {
        String token = UUID.randomUUID().toString();
        String first = create(channel -> channel.clientRequestToken(token).memberArns(ada));

        assertThat(create(channel -> channel.clientRequestToken(token).memberArns(ada))).isEqualTo(first);
        assertThat(create(channel -> channel.memberArns(ada))).isNotEqualTo(first);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> create(channel -> channel.clientRequestToken(token).name("another")));
    }

    @Test
    void aChannelIsCreatedInTheCreatorsOwnAppInstanceOnly() {
        assertForbidden(() -> create(channel -> channel.chimeBearer(foreigner)));
    }

    @Test
    void anUpdateChangesOnlyWhatItNames() {
        String arn = create(channel -> channel.name("old").metadata("old").mode(ChannelMode.UNRESTRICTED));
        Channel before = describe(owner, arn);

        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(owner).name("new"));
        assertThat(describe(owner, arn)).usingRecursiveComparison()
                .ignoringFields("lastUpdatedTimestamp")
                .isEqualTo(before.toBuilder().name("new").build());

        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(owner).mode(ChannelMode.RESTRICTED));
        assertThat(describe(owner, arn)).extracting(Channel::name, Channel::mode, Channel::metadata)
                .containsExactly("new", ChannelMode.RESTRICTED, "old");
        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(owner).metadata(""));
        assertThat(describe(owner, arn).metadata()).isNullOrEmpty();
        assertThat(describe(owner, arn).lastUpdatedTimestamp()).isAfterOrEqualTo(before.createdTimestamp());
    }

    @Test
    void onlyModeratorsAndAdminsUpdateAndDelete() {
        String arn = clients.channel(owner, ada);

        for (String other : List.of(ada, outsider, foreigner)) {
            assertForbidden(
                    () -> messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(other).name("no")));
            assertForbidden(() -> messaging.deleteChannel(channel -> channel.channelArn(arn).chimeBearer(other)));
        }
        messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(admin).name("by an admin"));
        assertThat(describe(ada, arn).name()).isEqualTo("by an admin");
        messaging.deleteChannel(channel -> channel.channelArn(arn).chimeBearer(admin));
        assertForbidden(() -> describe(ada, arn));
    }

    @Test
    void aDeletedChannelIsGoneForEverybodyAtOnce() {
        String arn = clients.channel(owner, ada);
        String message = clients.send(ada, arn, "the last words");

        messaging.deleteChannel(channel -> channel.channelArn(arn).chimeBearer(owner));

        for (String user : List.of(owner, ada, admin)) {
            assertForbidden(() -> describe(user, arn));
            assertForbidden(() -> clients.send(user, arn, "too late"));
            assertForbidden(() -> messaging
                    .getChannelMessage(get -> get.channelArn(arn).messageId(message).chimeBearer(user)));
            assertForbidden(() -> messaging.listChannelMessages(list -> list.channelArn(arn).chimeBearer(user)));
            assertForbidden(() -> members(user, arn));
            assertForbidden(() -> join(user, arn, user));
            assertForbidden(() -> leave(user, arn, user));
            assertForbidden(
                    () -> messaging.updateChannel(update -> update.channelArn(arn).chimeBearer(user).name("x")));
            assertForbidden(() -> messaging.deleteChannel(channel -> channel.channelArn(arn).chimeBearer(user)));
        }
        assertThat(channelsOf(ada)).doesNotContain(arn);
        assertThat(listChannels(list -> list.chimeBearer(ada))).doesNotContain(arn);
    }

    @Test
    void aPublicChannelIsOpenToReadersOfItsAppInstance() {
        String arn = clients.channel(owner, ada);
        String message = clients.send(ada, arn, "hello");

        assertThat(describe(outsider, arn).channelArn()).isEqualTo(arn);
        assertThat(members(outsider, arn)).containsExactlyInAnyOrder(owner, ada);
        assertThat(membership(outsider, arn, ada).member().arn()).isEqualTo(ada);
        assertThat(messaging.getChannelMessage(get -> get.channelArn(arn).messageId(message).chimeBearer(outsider))
                .channelMessage()
                .content()).isEqualTo("hello");
        assertForbidden(() -> describe(foreigner, arn));
        assertForbidden(() -> members(foreigner, arn));
        assertForbidden(() -> clients.send(outsider, arn, "no"));
    }

    @Test
    void aPrivateChannelIsHiddenFromOthersAsIfItWereNotThere() {
        String arn = privateChannel(ChannelMode.UNRESTRICTED, ada);
        ForbiddenException absent = forbidden(() -> describe(outsider, clients.appInstance() + "/channel/absent"));

        for (String other : List.of(outsider, foreigner)) {
            assertThat(forbidden(() -> describe(other, arn)).awsErrorDetails().errorMessage())
                    .isEqualTo(absent.awsErrorDetails().errorMessage());
            assertForbidden(() -> members(other, arn));
            assertForbidden(() -> membership(other, arn, ada));
            assertForbidden(() -> join(other, arn, other));
            assertForbidden(() -> messaging.listChannelMessages(list -> list.channelArn(arn).chimeBearer(other)));
        }
        for (String insider : List.of(owner, ada, admin)) {
            assertThat(describe(insider, arn).channelArn()).isEqualTo(arn);
        }
    }

    @Test
    void publicChannelsAreListedForAllAndPrivateOnesForAdmins() {
        String open = clients.channel(owner);
        String closed = privateChannel(ChannelMode.RESTRICTED, ada);

        assertThat(listChannels(list -> list.chimeBearer(outsider))).contains(open).doesNotContain(closed);
        assertThat(listChannels(list -> list.chimeBearer(outsider).privacy(ChannelPrivacy.PUBLIC)))
                .contains(open)
                .doesNotContain(closed);
        assertThat(listChannels(list -> list.chimeBearer(admin).privacy(ChannelPrivacy.PRIVATE)))
                .contains(closed)
                .doesNotContain(open);
        for (String user : List.of(owner, ada, outsider)) {
            assertForbidden(() -> listChannels(list -> list.chimeBearer(user).privacy(ChannelPrivacy.PRIVATE)));
        }
        assertForbidden(() -> listChannels(list -> list.chimeBearer(foreigner)));
    }

    @Test
    void aListHasEveryChannelOnceWhateverThePageSize() {
        String keeper = clients.user("keeper");
        var created = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            created.add(clients.channel(keeper));
        }

        var firstPage = messaging.listChannels(list -> list.appInstanceArn(clients.appInstance()).chimeBearer(keeper));
        assertThat(firstPage.channels()).isNotEmpty().hasSizeLessThanOrEqualTo(50);
        assertThat(firstPage.nextToken()).isNotNull();
        assertThat(listChannels(list -> list.chimeBearer(keeper))).containsAll(created).doesNotHaveDuplicates();
        assertThat(listChannels(list -> list.chimeBearer(keeper).maxResults(9)))
                .containsAll(created)
                .doesNotHaveDuplicates();
        assertThat(channelsOf(keeper)).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void aPageTokenIsGoodForItsOwnListAndCallerOnly() {
        String arn = clients.channel(owner, ada, bob);
        String token = messaging.listChannelMemberships(list -> list.channelArn(arn).chimeBearer(ada).maxResults(1))
                .nextToken();
        String otherChannel = clients.channel(owner, ada);

        assertThat(token).isNotNull();
        assertBadRequest(() -> messaging
                .listChannelMemberships(list -> list.channelArn(arn).chimeBearer(bob).nextToken(token)));
        assertBadRequest(() -> messaging
                .listChannelMemberships(list -> list.channelArn(otherChannel).chimeBearer(ada).nextToken(token)));
        assertBadRequest(() -> messaging
                .listChannelMessages(list -> list.channelArn(arn).chimeBearer(ada).nextToken(token)));
        assertBadRequest(() -> messaging.listChannels(
                list -> list.appInstanceArn(clients.appInstance()).chimeBearer(ada).nextToken(token)));
        assertBadRequest(() -> messaging
                .listChannelMemberships(list -> list.channelArn(arn).chimeBearer(ada).nextToken(token + "x")));
    }

    @Test
    void aMembershipIsDescribedAsItWasCreated() {
        String arn = clients.channel(owner);

        var created = messaging.createChannelMembership(create -> create.channelArn(arn)
                .memberArn(ada)
                .type(ChannelMembershipType.DEFAULT)
                .chimeBearer(owner));

        assertThat(created.channelArn()).isEqualTo(arn);
        assertThat(created.member().arn()).isEqualTo(ada);
        assertThat(created.member().name()).isEqualTo("ada");
        ChannelMembership described = membership(owner, arn, ada);
        assertThat(described.channelArn()).isEqualTo(arn);
        assertThat(described.member()).isEqualTo(created.member());
        assertThat(described.invitedBy().arn()).isEqualTo(owner);
        assertThat(described.type()).isEqualTo(ChannelMembershipType.DEFAULT);
        assertThat(described.lastUpdatedTimestamp()).isEqualTo(described.createdTimestamp());
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> join(owner, arn, ada));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> membership(owner, arn, outsider));
    }

    @Test
    void inARestrictedChannelOnlyModeratorsAndAdminsAddOthers() {
        String arn = clients.channel(owner, ada);

        assertForbidden(() -> join(ada, arn, bob));
        assertForbidden(() -> join(outsider, arn, bob));
        assertForbidden(() -> messaging.batchCreateChannelMembership(batch -> batch.channelArn(arn)
                .type(ChannelMembershipType.DEFAULT)
                .memberArns(bob)
                .chimeBearer(ada)));
        join(admin, arn, bob);
        join(owner, arn, outsider);
        assertThat(members(owner, arn)).containsExactlyInAnyOrder(owner, ada, bob, outsider);
    }

    @Test
    void inAnUnrestrictedChannelMembersAddOthersToo() {
        String arn = privateChannel(ChannelMode.UNRESTRICTED, ada);

        join(ada, arn, bob);

        assertThat(membership(bob, arn, bob).invitedBy().arn()).isEqualTo(ada);
        assertForbidden(() -> messaging.createChannelMembership(create -> create.channelArn(arn)
                .memberArn(outsider)
                .type(ChannelMembershipType.HIDDEN)
                .chimeBearer(ada)));
    }

    @Test
    void anybodyJoinsAPublicChannelAndLeavesAnyChannel() {
        String open = clients.channel(owner);
        String closed = privateChannel(ChannelMode.RESTRICTED, ada);

        join(outsider, open, outsider);
        clients.send(outsider, open, "I am in");
        leave(outsider, open, outsider);
        leave(ada, closed, ada);

        assertForbidden(() -> clients.send(outsider, open, "I am out"));
        assertForbidden(() -> describe(ada, closed));
        assertThat(members(owner, open)).containsExactly(owner);
    }

    @Test
    void onlyModeratorsAndAdminsRemoveOthers() {
        String arn = clients.channel(owner, ada, bob);

        assertForbidden(() -> leave(ada, arn, bob));
        assertForbidden(() -> leave(outsider, arn, bob));
        leave(owner, arn, bob);
        leave(admin, arn, ada);
        leave(admin, arn, ada);

        assertThat(members(owner, arn)).containsExactly(owner);
    }

    @Test
    void aForeignOrUnknownUserCannotBeAdded() {
        String arn = clients.channel(owner);

        assertForbidden(() -> join(owner, arn, foreigner));
        assertForbidden(() -> join(owner, arn, clients.appInstance() + "/user/nobody"));
        assertForbidden(() -> join(foreigner, arn, foreigner));
    }

    @Test
    void aBatchAddsWhomItCanAndNamesTheOthers() {
        String arn = clients.channel(owner, ada);
        String nobody = clients.appInstance() + "/user/nobody";

        var answer = messaging.batchCreateChannelMembership(batch -> batch.channelArn(arn)
                .type(ChannelMembershipType.DEFAULT)
                .memberArns(ada, bob, nobody, outsider, foreigner)
                .chimeBearer(owner));

        assertThat(answer.batchChannelMemberships().channelArn()).isEqualTo(arn);
        assertThat(answer.batchChannelMemberships().type()).isEqualTo(ChannelMembershipType.DEFAULT);
        assertThat(answer.batchChannelMemberships().invitedBy().arn()).isEqualTo(owner);
        assertThat(answer.batchChannelMemberships().members()).extracting(member -> member.arn())
                .containsExactlyInAnyOrder(bob, outsider);
        assertThat(answer.errors()).extracting(error -> error.memberArn(), error -> error.errorCode())
                .containsExactlyInAnyOrder(
                        tuple(ada, ErrorCode.CONFLICT),
                        tuple(nobody, ErrorCode.FORBIDDEN),
                        tuple(foreigner, ErrorCode.FORBIDDEN));
        assertThat(answer.errors()).allSatisfy(error -> assertThat(error.errorMessage()).isNotBlank());
        assertThat(members(owner, arn)).containsExactlyInAnyOrder(owner, ada, bob, outsider);
    }

    @Test
    void aHiddenMemberReadsButDoesNotSendAndShowsOnlyToModerators() {
        String arn = privateChannel(ChannelMode.UNRESTRICTED, ada);
        messaging.createChannelMembership(create -> create.channelArn(arn)
                .memberArn(bob)
                .type(ChannelMembershipType.HIDDEN)
                .chimeBearer(owner));

        assertThat(members(ada, arn)).containsExactlyInAnyOrder(owner, ada);
        assertThat(listMembers(list -> list.channelArn(arn).chimeBearer(owner).type(ChannelMembershipType.HIDDEN)))
                .containsExactly(bob);
        assertForbidden(
                () -> listMembers(list -> list.channelArn(arn).chimeBearer(ada).type(ChannelMembershipType.HIDDEN)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> membership(ada, arn, bob));
        assertThat(membership(owner, arn, bob).type()).isEqualTo(ChannelMembershipType.HIDDEN);
        assertThat(describe(bob, arn).channelArn()).isEqualTo(arn);
        assertForbidden(() -> clients.send(bob, arn, "boo"));
        assertForbidden(() -> join(bob, arn, outsider));
        assertThat(messaging.listChannelMembershipsForAppInstanceUser(list -> list.chimeBearer(bob))
                .channelMemberships())
                .filteredOn(membership -> membership.channelSummary().channelArn().equals(arn))
                .singleElement()
                .satisfies(membership -> assertThat(membership.appInstanceUserMembershipSummary().type())
                        .isEqualTo(ChannelMembershipType.HIDDEN));
    }

    @Test
    void usersSeeTheirOwnMembershipsAndAdminsEverybodys() {
        String member = clients.user("member");
        String closed = create(channel -> channel.privacy(ChannelPrivacy.PRIVATE).memberArns(member));
        String open = clients.channel(owner, member);

        assertThat(channelsOf(member)).containsExactlyInAnyOrder(closed, open);
        assertThat(messaging.listChannelMembershipsForAppInstanceUser(
                list -> list.chimeBearer(admin).appInstanceUserArn(member)).channelMemberships())
                .extracting(membership -> membership.channelSummary().channelArn())
                .containsExactlyInAnyOrder(closed, open);
        assertForbidden(() -> messaging.listChannelMembershipsForAppInstanceUser(
                list -> list.chimeBearer(ada).appInstanceUserArn(member)));
        leave(member, open, member);
        assertThat(channelsOf(member)).containsExactly(closed);
    }

    @Test
    void aListHasEveryMemberOnceWhateverThePageSize() {
        String arn = clients.channel(owner);
        List<String> newcomers = clients.users(60);
        messaging.batchCreateChannelMembership(batch -> batch.channelArn(arn)
                .type(ChannelMembershipType.DEFAULT)
                .memberArns(newcomers)
                .chimeBearer(owner));
        var all = new ArrayList<>(newcomers);
        all.add(owner);

        assertThat(members(owner, arn)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(listMembers(list -> list.channelArn(arn).chimeBearer(ada).maxResults(8)))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aCallerWhoIsNobodyIsUnauthorized() {
        String arn = clients.channel(owner);

        for (String nobody : List.of(clients.appInstance() + "/user/nobody", "not-an-arn")) {
            assertThatExceptionOfType(UnauthorizedClientException.class).isThrownBy(() -> describe(nobody, arn));
            assertThatExceptionOfType(UnauthorizedClientException.class)
                    .isThrownBy(() -> create(channel -> channel.chimeBearer(nobody)));
        }
    }

    private String create(Consumer<CreateChannelRequest.Builder> details) {
        CreateChannelRequest.Builder request = clients.newChannel(owner);
        details.accept(request);
        return messaging.createChannel(request.build()).channelArn();
    }

    private String privateChannel(ChannelMode mode, String... members) {
        return create(channel -> channel.privacy(ChannelPrivacy.PRIVATE).mode(mode).memberArns(members));
    }

    private Channel describe(String bearer, String arn) {
        return messaging.describeChannel(channel -> channel.channelArn(arn).chimeBearer(bearer)).channel();
    }

    private List<String> listChannels(Consumer<ListChannelsRequest.Builder> details) {
        var request = ListChannelsRequest.builder().appInstanceArn(clients.appInstance());
        details.accept(request);
        return messaging.listChannelsPaginator(request.build())
                .stream()
                .flatMap(page -> page.channels().stream())
                .map(ChannelSummary::channelArn)
                .toList();
    }

    private List<String> channelsOf(String user) {
        return messaging.listChannelMembershipsForAppInstanceUserPaginator(list -> list.chimeBearer(user).maxResults(7))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(membership -> membership.channelSummary().channelArn())
                .toList();
    }

    private void join(String bearer, String arn, String member) {
        messaging.createChannelMembership(create -> create.channelArn(arn)
                .memberArn(member)
                .type(ChannelMembershipType.DEFAULT)
                .chimeBearer(bearer));
    }

    private void leave(String bearer, String arn, String member) {
        messaging.deleteChannelMembership(delete -> delete.channelArn(arn).memberArn(member).chimeBearer(bearer));
    }

    private ChannelMembership membership(String bearer, String arn, String member) {
        return messaging.describeChannelMembership(
                describe -> describe.channelArn(arn).memberArn(member).chimeBearer(bearer)).channelMembership();
    }

    private List<String> members(String bearer, String arn) {
        return listMembers(list -> list.channelArn(arn).chimeBearer(bearer));
    }

    private List<String> listMembers(Consumer<ListChannelMembershipsRequest.Builder> list) {
        return messaging.listChannelMembershipsPaginator(list)
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(membership -> membership.member().arn())
                .toList();
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(call);
    }

    private static ForbiddenException forbidden(ThrowingCallable call) {
        return catchThrowableOfType(ForbiddenException.class, call);
    }

    private static void assertBadRequest(ThrowingCallable call) {
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(call);
    }
}
