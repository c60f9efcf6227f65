package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;
import software.amazon.awssdk.services.chimesdkmessaging.model.UpdateChannelReadMarkerRequest;

/// Messaging sessions over the wire: what a connected user hears, what it does not, and how sessions end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SessionIT {

    private static final String ISO_MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 4401;
    private static final int FORBIDDEN = 4003;
    private static final int SERVICE_RESTART = 1012;

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private final List<LiveSession> sessions = new ArrayList<>();
    private SdkClients clients;
    private ChimeSdkMessagingClient messaging;
    private String owner;
    private String ada;
    private String bob;
    private String admin;
    private String channel;

    /// The two forms in which a session may come.
    enum Scheme {
        WS,
        WSS
    }

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        messaging = clients.messaging();
        admin = clients.admin("admin");
    }

    @BeforeEach
    void createChannel() {
        owner = clients.user("owner");
        ada = clients.user("ada");
        bob = clients.user("bob");
        channel = clients.channel(owner, ada, bob);
    }

    @AfterEach
    void endSessions() {
        sessions.forEach(LiveSession::close);
        sessions.clear();
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsEstablishedFirstAndThenHearsAMessageOnce(Scheme scheme) {
        LiveSession session = open(scheme, ada);

        LiveSession.Event established = session.next();
        assertThat(established.type()).isEqualTo("SESSION_ESTABLISHED");
        assertThat(established.messageType()).isEqualTo("SYSTEM");
        assertThat(established.payloadText()).isEqualTo("{}");
        String id = clients.send(bob, channel, "hello");
        assertThat(session.next().payload().path("MessageId").textValue()).isEqualTo(id);
    }

    @Test
    void aPrefetchingSessionIsToldItsChannelsAndThenWhatHappens() {
        String id = clients.send(bob, channel, "before \u2028 \"quoted\" 👋");
        messaging.updateChannelReadMarker(UpdateChannelReadMarkerRequest.builder()
                .channelArn(channel)
                .chimeBearer(ada)
                .build());
        LiveSession session = prefetching(ada, Map.of());

        LiveSession.Event details = session.next();
        assertThat(details.type()).isEqualTo("CHANNEL_DETAILS");
        assertThat(details.messageType()).isEqualTo("SYSTEM");
        assertThat(details.headerNames())
                .containsExactlyInAnyOrder("x-amz-chime-event-type", "x-amz-chime-message-type");
        JsonNode payload = details.payload();
        assertThat(payload.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("Channel", "ChannelMessages", "ChannelMemberships", "ReadMarkerTimestamp",
                        "ChannelMessagesHasMore");
        assertThat(payload.at("/Channel/ChannelArn").textValue()).isEqualTo(channel);
        assertThat(payload.at("/Channel/LastMessageTimestamp").textValue()).matches(ISO_MILLIS);
        assertThat(payload.path("ReadMarkerTimestamp").textValue()).matches(ISO_MILLIS);
        assertThat(payload.path("ChannelMessagesHasMore").isBoolean()).isTrue();
        assertThat(payload.path("ChannelMessages")).hasSize(1);
        assertThat(payload.at("/ChannelMessages/0/MessageId").textValue()).isEqualTo(id);
        assertThat(payload.at("/ChannelMessages/0/Content").textValue()).isEqualTo("before \u2028 \"quoted\" 👋");
        assertThat(payload.at("/ChannelMessages/0/CreatedTimestamp").textValue()).matches(ISO_MILLIS);
        assertThat(payload.path("ChannelMemberships").findValuesAsText("Arn"))
                .containsExactlyInAnyOrder(owner, ada, bob);
        String live = clients.send(bob, channel, "after");
        assertThat(session.next().payload().path("MessageId").textValue()).isEqualTo(live);
    }

    @Test
    void noMoreThanFiftyChannelsArePrefetchedNewestFirst() {
        String user = clients.user("busy");
        List<String> channels = IntStream.range(0, 52).mapToObj(_ -> clients.channel(owner, user)).toList();
        channels.forEach(each -> clients.send(owner, each, "news"));

        LiveSession session = prefetching(user, Map.of("prefetch-sort-by", "last-message-timestamp"));

        List<String> told = IntStream.range(0, 50)
                .mapToObj(_ -> session.next().payload().at("/Channel/ChannelArn").textValue())
                .toList();
        assertThat(told).containsExactlyElementsOf(channels.subList(2, 52).reversed());
        assertNothingBefore(List.of(session), channels.getFirst(), owner);
    }

    @Test
    void whoDoesNotAskIsToldNoDetails() {
        clients.send(bob, channel, "before");
        LiveSession session = established(ada);

        assertNothingBefore(List.of(session), channel, bob);
    }

    @Test
    void theEndpointIsABareHostAndPort() {
        String url = messaging.getMessagingSessionEndpoint(endpoint -> {
        }).endpoint().url();

        assertThat(url).isEqualTo("localhost:" + server.port());
    }

    @Test
    void aCreatedMessageHasAllItsFields() {
        LiveSession session = established(ada);
        String content = "\0 \"quoted\" \\ \u2028 👩‍👩‍👧 é\u0301";
        String id = messaging.sendChannelMessage(SdkClients.message(bob, channel, content)
                .metadata("its metadata")
                .contentType("text/plain")
                .messageAttributes(Map.of("colour", MessageAttributeValue.builder().stringValues("red").build()))
                .build()).messageId();

        LiveSession.Event event = session.next();

        assertThat(event.type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(event.messageType()).isEqualTo("STANDARD");
        assertThat(event.headerNames()).containsExactlyInAnyOrder("x-amz-chime-event-type",
                "x-amz-chime-message-type", "x-bellframe-position");
        JsonNode message = event.payload();
        assertThat(message.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("ChannelArn", "MessageId", "Content", "Metadata", "Type",
                        "CreatedTimestamp", "LastUpdatedTimestamp", "Sender", "Redacted", "Persistence", "Status",
                        "MessageAttributes", "ContentType");
        assertThat(message.path("ChannelArn").textValue()).isEqualTo(channel);
        assertThat(message.path("MessageId").textValue()).isEqualTo(id);
        assertThat(message.path("Content").textValue()).isEqualTo(content);
        assertThat(message.path("Metadata").textValue()).isEqualTo("its metadata");
        assertThat(message.path("ContentType").textValue()).isEqualTo("text/plain");
        assertThat(message.path("Type").textValue()).isEqualTo("STANDARD");
        assertThat(message.path("Persistence").textValue()).isEqualTo("PERSISTENT");
        assertThat(message.path("CreatedTimestamp").textValue()).matches(ISO_MILLIS);
        assertThat(message.path("LastUpdatedTimestamp")).isEqualTo(message.path("CreatedTimestamp"));
        assertThat(message.path("Redacted").isBoolean()).isTrue();
        assertThat(message.path("Redacted").booleanValue()).isFalse();
        assertThat(message.path("Status").toString()).isEqualTo("{\"Value\":\"SENT\"}");
        assertIdentity(message.path("Sender"), bob, "bob");
        assertThat(message.path("MessageAttributes").toString())
                .isEqualTo("{\"colour\":{\"StringValues\":[\"red\"]}}");
        assertThat(Instant.parse(message.path("CreatedTimestamp").textValue()))
                .isEqualTo(messaging.getChannelMessage(
                        get -> get.channelArn(channel).messageId(id).chimeBearer(ada))
                        .channelMessage()
                        .createdTimestamp());
    }

    @Test
    void anUnsetOptionalFieldIsAbsent() {
        LiveSession session = established(ada);
        clients.send(bob, channel, "plain");

        assertThat(session.next().payload().fieldNames()).toIterable()
                .containsExactlyInAnyOrder("ChannelArn", "MessageId", "Content", "Type", "CreatedTimestamp",
                        "LastUpdatedTimestamp", "Sender", "Redacted", "Persistence", "Status");
    }

    @Test
    void controlAndNonPersistentMessagesAreHeardToo() {
        LiveSession session = established(ada);
        messaging.sendChannelMessage(SdkClients.message(bob, channel, "typing")
                .type(ChannelMessageType.CONTROL)
                .persistence(ChannelMessagePersistenceType.NON_PERSISTENT)
                .build());

        LiveSession.Event event = session.next();

        assertThat(event.type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(event.messageType()).isEqualTo("CONTROL");
        assertThat(event.payload().path("Type").textValue()).isEqualTo("CONTROL");
        assertThat(event.payload().path("Persistence").textValue()).isEqualTo("NON_PERSISTENT");
    }

    @Test
    void aRetriedTokenIsOneEvent() {
        LiveSession session = established(ada);
        for (var persistence : List.of(ChannelMessagePersistenceType.PERSISTENT,
                ChannelMessagePersistenceType.NON_PERSISTENT)) {
            var request = SdkClients.message(bob, channel, "once")
                    .persistence(persistence)
                    .clientRequestToken(UUID.randomUUID().toString())
                    .build();
            messaging.sendChannelMessage(request);
            messaging.sendChannelMessage(request);
            assertThat(session.next().payload().path("Content").textValue()).isEqualTo("once");
            assertNothingBefore(List.of(session), channel, bob);
        }
    }

    @Test
    void theLifeOfAMessageIsHeardByMembersAndSenderInOrder() {
        List<LiveSession> listeners = List.of(established(ada), established(bob));
        String id = messaging.sendChannelMessage(SdkClients.message(bob, channel, "first").metadata("kept").build())
                .messageId();
        messaging.updateChannelMessage(
                update -> update.channelArn(channel).messageId(id).content("second").chimeBearer(bob));
        messaging.redactChannelMessage(redact -> redact.channelArn(channel).messageId(id).chimeBearer(bob));
        messaging.deleteChannelMessage(delete -> delete.channelArn(channel).messageId(id).chimeBearer(admin));

        for (LiveSession session : listeners) {
            assertThat(session.next().type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
            JsonNode updated = message(session.next(), "UPDATE_CHANNEL_MESSAGE", id);
            assertThat(updated.path("Content").textValue()).isEqualTo("second");
            assertThat(updated.path("LastEditedTimestamp").textValue()).matches(ISO_MILLIS);
            assertThat(updated.path("Redacted").booleanValue()).isFalse();
            JsonNode redacted = message(session.next(), "REDACT_CHANNEL_MESSAGE", id);
            assertThat(redacted.path("Redacted").booleanValue()).isTrue();
            assertThat(redacted.path("Content").asText("")).isEmpty();
            assertThat(redacted.path("Metadata").textValue()).isEqualTo("kept");
            JsonNode deleted = message(session.next(), "DELETE_CHANNEL_MESSAGE", id);
            assertThat(deleted.has("Content")).isFalse();
            assertThat(deleted.has("Metadata")).isFalse();
            assertIdentity(deleted.path("Sender"), bob, "bob");
        }
    }

    @Test
    void anUpdatedChannelIsTold() {
        LiveSession session = established(ada);
        messaging.updateChannel(update -> update.channelArn(channel).name("renamed").metadata("m").chimeBearer(owner));

        LiveSession.Event event = session.next();

        assertThat(event.type()).isEqualTo("UPDATE_CHANNEL");
        assertThat(event.messageType()).isEqualTo("SYSTEM");
        JsonNode told = event.payload();
        assertThat(told.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("ChannelArn", "Name", "Metadata", "Mode", "Privacy", "CreatedBy",
                        "CreatedTimestamp", "LastUpdatedTimestamp");
        assertThat(told.path("ChannelArn").textValue()).isEqualTo(channel);
        assertThat(told.path("Name").textValue()).isEqualTo("renamed");
        assertThat(told.path("Mode").textValue()).isEqualTo(ChannelMode.RESTRICTED.toString());
        assertThat(told.path("Privacy").textValue()).isEqualTo("PUBLIC");
        assertThat(told.path("LastUpdatedTimestamp").textValue()).matches(ISO_MILLIS);
        assertIdentity(told.path("CreatedBy"), owner, "owner");
        assertThat(messaging.describeChannel(describe -> describe.channelArn(channel).chimeBearer(ada))
                .channel()
                .name()).isEqualTo("renamed");
    }

    @Test
    void aNewMembershipIsToldToTheMembersAndTheNewOneWhoThenHearsTheChannel() {
        String newcomer = clients.user("newcomer");
        List<LiveSession> listeners = List.of(established(ada), established(newcomer));
        messaging.createChannelMembership(create -> create.channelArn(channel)
                .memberArn(newcomer)
                .type(ChannelMembershipType.DEFAULT)
                .chimeBearer(owner));

        for (LiveSession session : listeners) {
            LiveSession.Event event = session.next();
            assertThat(event.type()).isEqualTo("CREATE_CHANNEL_MEMBERSHIP");
            assertThat(event.messageType()).isEqualTo("SYSTEM");
            assertMembership(event.payload(), newcomer, "newcomer");
        }
        assertThat(messaging.describeChannelMembership(
                describe -> describe.channelArn(channel).memberArn(newcomer).chimeBearer(newcomer))
                .channelMembership()
                .member()
                .arn()).isEqualTo(newcomer);
        String id = clients.send(bob, channel, "welcome");
        message(listeners.getLast().next(), "CREATE_CHANNEL_MESSAGE", id);
    }

    @Test
    void aBatchOfMembershipsIsOneEvent() {
        List<String> newcomers = clients.users(3);
        List<LiveSession> listeners = List.of(established(ada), established(newcomers.getFirst()));
        messaging.batchCreateChannelMembership(batch -> batch.channelArn(channel)
                .type(ChannelMembershipType.DEFAULT)
                .memberArns(newcomers)
                .chimeBearer(owner));

        for (LiveSession session : listeners) {
            LiveSession.Event event = session.next();
            assertThat(event.type()).isEqualTo("BATCH_CREATE_CHANNEL_MEMBERSHIP");
            assertThat(event.messageType()).isEqualTo("SYSTEM");
            JsonNode batch = event.payload();
            assertThat(batch.fieldNames()).toIterable()
                    .containsExactlyInAnyOrder("ChannelArn", "InvitedBy", "Type", "Members");
            assertThat(batch.path("Type").textValue()).isEqualTo("DEFAULT");
            assertIdentity(batch.path("InvitedBy"), owner, "owner");
            assertThat(batch.path("Members")).extracting(member -> member.path("Arn").textValue())
                    .containsExactlyInAnyOrderElementsOf(newcomers);
        }
        assertNothingBefore(listeners, channel, bob);
    }

    @Test
    void theRemovedMemberHearsOfItsRemovalAndThenNothing() {
        String elsewhere = clients.channel(owner, bob);
        LiveSession remaining = established(ada);
        LiveSession removed = established(bob);
        messaging.deleteChannelMembership(
                delete -> delete.channelArn(channel).memberArn(bob).chimeBearer(owner));

        for (LiveSession session : List.of(remaining, removed)) {
            LiveSession.Event event = session.next();
            assertThat(event.type()).isEqualTo("DELETE_CHANNEL_MEMBERSHIP");
            assertThat(event.messageType()).isEqualTo("SYSTEM");
            assertMembership(event.payload(), bob, "bob");
        }
        String id = clients.send(ada, channel, "without you");
        message(remaining.next(), "CREATE_CHANNEL_MESSAGE", id);
        assertNothingBefore(List.of(removed), elsewhere, owner);
    }

    @Test
    void whoIsNoMemberHearsNothing() {
        String outsider = clients.user("outsider");
        String elsewhere = clients.channel(owner, outsider, admin);
        List<LiveSession> others = List.of(established(outsider), established(admin));
        String id = clients.send(ada, channel, "among us");
        messaging.redactChannelMessage(redact -> redact.channelArn(channel).messageId(id).chimeBearer(ada));
        messaging.updateChannel(update -> update.channelArn(channel).name("ours").chimeBearer(owner));

        assertNothingBefore(others, elsewhere, owner);
    }

    @Test
    void aTargetedMessageIsHeardBySenderAndTargetOnly() {
        LiveSession sender = established(ada);
        LiveSession target = established(bob);
        LiveSession third = established(owner);
        String id = messaging.sendChannelMessage(SdkClients.message(ada, channel, "psst")
                .target(Target.builder().memberArn(bob).build())
                .build()).messageId();
        messaging.updateChannelMessage(
                update -> update.channelArn(channel).messageId(id).content("pssst").chimeBearer(ada));

        for (LiveSession session : List.of(sender, target)) {
            JsonNode message = message(session.next(), "CREATE_CHANNEL_MESSAGE", id);
            assertThat(message.path("Target").toString()).isEqualTo("[{\"MemberArn\":\"" + bob + "\"}]");
            message(session.next(), "UPDATE_CHANNEL_MESSAGE", id);
        }
        assertNothingBefore(List.of(third), channel, ada);
    }

    @Test
    void anEventsMessageCanBeReadAtOnce() {
        LiveSession session = established(ada);
        for (int i = 0; i < 20; i++) {
            var sending = CompletableFuture.supplyAsync(() -> clients.send(bob, channel, "read me"));
            String id = session.next().payload().path("MessageId").asText();
            assertThat(messaging.getChannelMessage(
                    get -> get.channelArn(channel).messageId(id).chimeBearer(ada)).channelMessage().content())
                    .isEqualTo("read me");
            assertThat(sending.join()).isEqualTo(id);
        }
    }

    @Test
    void everySessionOfAUserHearsEveryMessageInOrder() {
        List<LiveSession> both = List.of(established(ada), established(ada));
        var sent = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            sent.add(clients.send(bob, channel, "message " + i));
        }

        for (LiveSession session : both) {
            for (String id : sent) {
                message(session.next(), "CREATE_CHANNEL_MESSAGE", id);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongOrExpiredSignatureClosesWith4401AfterTheHandshake(Scheme scheme) {
        SignedRequests wrong = clients.signedRequests().withSecret("0".repeat(40));
        URI forged = wrong.connect(base(scheme), parameters(ada), Instant.now(), LIFETIME);
        URI expired = clients.signedRequests()
                .connect(base(scheme), parameters(ada), Instant.now().minus(Duration.ofMinutes(4)), LIFETIME);

        assertThat(open(forged).closeCode()).isEqualTo(UNAUTHORIZED);
        assertThat(open(expired).closeCode()).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void whoMayNotConnectIsClosedWith4003AfterTheHandshake() {
        String deleted = clients.user("deleted");
        clients.identity().deleteAppInstanceUser(user -> user.appInstanceUserArn(deleted));

        for (Map<String, String> parameters : List.of(
                parameters(clients.appInstance() + "/user/nobody"),
                parameters(deleted),
                parameters("nobody"),
                Map.of("sessionId", "1"),
                Map.of("userArn", ada))) {
            URI url = clients.signedRequests().connect(base(Scheme.WS), parameters, Instant.now(), LIFETIME);
            LiveSession session = open(url);
            assertThat(session.closeCode()).as(parameters.toString()).isEqualTo(FORBIDDEN);
            assertThat(session.received()).isZero();
        }
    }

    @Test
    void aDeletedUsersSessionIsClosed() {
        LiveSession session = established(bob);

        clients.identity().deleteAppInstanceUser(user -> user.appInstanceUserArn(bob));

        assertThat(session.closeCode()).isEqualTo(FORBIDDEN);
    }

    @Test
    void sigtermSendsSessionsAwayToComeBackAndEndsWithZero() {
        try (var stopped = new RunningServer().with("BELLFRAME_DRAIN_SPREAD", "500ms")) {
            stopped.start();
            try (SdkClients here = SdkClients.of(stopped)) {
                String user = here.user("user");
                URI base = URI.create("ws://localhost:" + stopped.port());
                var open = new ArrayList<LiveSession>();
                for (int i = 0; i < 3; i++) {
                    URI url = here.signedRequests().connect(base, parameters(user), Instant.now(), LIFETIME);
                    LiveSession session = LiveSession.open(url, null);
                    assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
                    open.add(session);
                }

                long start = System.nanoTime();
                assertThat(stopped.terminate()).isZero();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                assertThat(open).allSatisfy(session -> assertThat(session.closeCode()).isEqualTo(SERVICE_RESTART));
            }
        }
    }

    private LiveSession established(String user) {
        LiveSession session = open(Scheme.WS, user);
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return session;
    }

    private LiveSession prefetching(String user, Map<String, String> more) {
        var parameters = new HashMap<>(parameters(user));
        parameters.put("prefetch-on", "connect");
        parameters.putAll(more);
        LiveSession session = open(
                clients.signedRequests().connect(base(Scheme.WS), parameters, Instant.now(), LIFETIME));
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return session;
    }

    private LiveSession open(Scheme scheme, String user) {
        return open(clients.signedRequests().connect(base(scheme), parameters(user), Instant.now(), LIFETIME));
    }

    private LiveSession open(URI url) {
        LiveSession session = LiveSession.open(url, server.dataFolder().resolve("tls/ca.pem"));
        sessions.add(session);
        return session;
    }

    private static URI base(Scheme scheme) {
        String name = switch (scheme) {
            case WS -> "ws";
            case WSS -> "wss";
        };
        return URI.create(name + "://localhost:" + server.port());
    }

    private static Map<String, String> parameters(String user) {
        return Map.of("userArn", user, "sessionId", UUID.randomUUID().toString());
    }

    /// Sends a message to a channel that the sessions hear, and checks that it is the next thing they hear.
    private void assertNothingBefore(List<LiveSession> listeners, String heardChannel, String sender) {
        String id = clients.send(sender, heardChannel, "marker");
        listeners.forEach(session -> message(session.next(), "CREATE_CHANNEL_MESSAGE", id));
    }

    private static JsonNode message(LiveSession.Event event, String type, String id) {
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.messageType()).isEqualTo("STANDARD");
        JsonNode message = event.payload();
        assertThat(message.path("MessageId").textValue()).isEqualTo(id);
        assertThat(message.path("Status").toString()).isEqualTo("{\"Value\":\"SENT\"}");
        assertThat(message.path("Redacted").isBoolean()).isTrue();
        return message;
    }

    private void assertMembership(JsonNode membership, String member, String name) {
        assertThat(membership.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("ChannelArn", "Member", "InvitedBy", "Type", "CreatedTimestamp",
                        "LastUpdatedTimestamp");
        assertThat(membership.path("ChannelArn").textValue()).isEqualTo(channel);
        assertThat(membership.path("Type").textValue()).isEqualTo("DEFAULT");
        assertThat(membership.path("CreatedTimestamp").textValue()).matches(ISO_MILLIS);
        assertThat(membership.path("LastUpdatedTimestamp").textValue()).matches(ISO_MILLIS);
        assertIdentity(membership.path("Member"), member, name);
        assertIdentity(membership.path("InvitedBy"), owner, "owner");
    }

    private static void assertIdentity(JsonNode identity, String arn, String name) {
        assertThat(identity.path("Arn").textValue()).isEqualTo(arn);
        assertThat(identity.path("Name").textValue()).isEqualTo(name);
    }
}
