package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.storage.Table;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;
import software.amazon.awssdk.services.chimesdkmessaging.model.Tag;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Deletions that leave nothing in the store, however often the server is killed while it removes what there was.
@Timeout(300)
class PurgeIT {

    private static final int CHANNELS = 12;
    private static final int MESSAGES = 12;
    private static final Pattern WAITING = Pattern.compile("(?m)^bellframe_purges (\\S+)$");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RunningServer server = new RunningServer();

    @BeforeEach
    void start() {
        System.out.println("PurgeIT: seed " + seed);
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aDeletedAppInstanceLeavesNoRow() throws Exception {
        Map<Table, Integer> before = rows();
        String appInstance = furnish();
        assertThat(rows()).containsKeys(Table.APP_INSTANCE_BOTS, Table.USER_ENDPOINTS, Table.RETENTION_SETTINGS,
                Table.STREAMING_CONFIGURATIONS, Table.BANS_BY_CHANNEL, Table.READ_MARKERS, Table.TARGETED_HEADS,
                Table.CHANNELS_BY_FLOW, Table.FLOW_RUNS, Table.EXPIRATIONS, Table.TAGS, Table.MEMBERSHIP_PREFERENCES);

        try (SdkClients clients = SdkClients.of(server)) {
            clients.identity().deleteAppInstance(r -> r.appInstanceArn(appInstance));
        }
        awaitPurges();

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aPurgeGoesOnAfterEveryKill() throws Exception {
        Map<Table, Integer> before = rows();
        String appInstance = furnish();
        try (SdkClients clients = SdkClients.of(server)) {
            clients.identity().deleteAppInstance(r -> r.appInstanceArn(appInstance));
        }
        server.kill9();
        for (int kills = 0; kills < 3; kills++) {
            server.startAndKillAfter(700 + random.nextInt(1_500));
        }
        server.start();
        awaitPurges();

        assertThat(rows()).as("seed %d", seed).isEqualTo(before);
    }

    @Test
    void aDeletedChannelsIdCanBeUsedAgain() throws Exception {
        try (SdkClients clients = SdkClients.of(server)) {
            String user = clients.user("ada");
            String first = create(clients, user);
            clients.send(user, first, "of the first");
            clients.messaging().deleteChannel(r -> r.channelArn(first).chimeBearer(user));
            awaitPurges();

            String second = create(clients, user);

            assertThat(second).isEqualTo(first);
            assertThat(clients.messages(user, second)).isEmpty();
        }
    }

    private static String create(SdkClients clients, String user) {
        return clients.messaging().createChannel(clients.newChannel(user).channelId("lobby").build()).channelArn();
    }

    /// An app instance with a row in every table that can have one.
    ///
    /// @return its ARN
    private String furnish() {
        try (SdkClients clients = SdkClients.of(server)) {
            String appInstance = clients.otherAppInstance();
            String ada = clients.userOf(appInstance, "ada");
            String bob = clients.userOf(appInstance, "bob");
            String carol = clients.userOf(appInstance, "carol");
            furnishIdentity(clients, appInstance, ada);
            for (int i = 0; i < CHANNELS; i++) {
                furnishChannel(clients, appInstance, List.of(ada, bob, carol), i % 2 == 0);
            }
            return appInstance;
        }
    }

    private static void furnishIdentity(SdkClients clients, String appInstance, String user) {
        clients.identity().createAppInstanceAdmin(r -> r.appInstanceArn(appInstance).appInstanceAdminArn(user));
        clients.identity()
                .createAppInstanceBot(r -> r.appInstanceArn(appInstance)
                        .configuration(c -> c.lex(lex -> lex.localeId("en_US")
                                .lexBotAliasArn(
                                        "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST"))));
        clients.identity()
                .registerAppInstanceUserEndpoint(r -> r.appInstanceUserArn(user)
                        .type("GCM")
                        .resourceArn("arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123")
                        .endpointAttributes(attributes -> attributes.deviceToken("token")));
        clients.identity()
                .putAppInstanceRetentionSettings(r -> r.appInstanceArn(appInstance)
                        .appInstanceRetentionSettings(s -> s.channelRetentionSettings(c -> c.retentionDays(100))));
        clients.identity()
                .putAppInstanceUserExpirationSettings(r -> r.appInstanceUserArn(user)
                        .expirationSettings(e -> e.expirationDays(9).expirationCriterion("CREATED_TIMESTAMP")));
        for (String resource : List.of(appInstance, user)) {
            clients.identity()
                    .tagResource(r -> r.resourceARN(resource)
                            .tags(software.amazon.awssdk.services.chimesdkidentity.model.Tag.builder()
                                    .key("key")
                                    .value("value")
                                    .build()));
        }
        clients.messaging()
                .putMessagingStreamingConfigurations(r -> r.appInstanceArn(appInstance)
                        .streamingConfigurations(StreamingConfiguration.builder()
                                .dataType(MessagingDataType.CHANNEL)
                                .resourceArn("arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-x")
                                .build()));
    }

    private static void furnishChannel(SdkClients clients, String appInstance, List<String> users, boolean isPublic) {
        String creator = users.getFirst();
        String member = users.get(1);
        var messaging = clients.messaging();
        String channel = messaging
                .createChannel(clients.newChannel(creator)
                        .appInstanceArn(appInstance)
                        .privacy(isPublic ? ChannelPrivacy.PUBLIC : ChannelPrivacy.PRIVATE)
                        .memberArns(member)
                        .moderatorArns(member)
                        .tags(Tag.builder().key("key").value("value").build())
                        .expirationSettings(e -> e.expirationDays(9).expirationCriterion("LAST_MESSAGE_TIMESTAMP"))
                        .build())
                .channelArn();
        messaging.createChannelBan(r -> r.channelArn(channel).chimeBearer(creator).memberArn(users.getLast()));
        messaging.updateChannelReadMarker(r -> r.channelArn(channel).chimeBearer(member));
        messaging.putChannelMembershipPreferences(r -> r.channelArn(channel)
                .chimeBearer(member)
                .memberArn(member)
                .preferences(p -> p.pushNotifications(n -> n.allowNotifications("NONE"))));
        String hidden = clients.userOf(appInstance, "hidden");
        messaging.createChannelMembership(r -> r.channelArn(channel)
                .chimeBearer(creator)
                .memberArn(hidden)
                .type(ChannelMembershipType.HIDDEN));
        for (int i = 0; i < MESSAGES; i++) {
            clients.send(member, channel, "message " + i);
        }
        messaging.sendChannelMessage(SdkClients.message(member, channel, "for one")
                .target(Target.builder().memberArn(creator).build())
                .build());
        String flow = messaging
                .createChannelFlow(r -> r.appInstanceArn(appInstance).name("flow").processors(processor()))
                .channelFlowArn();
        messaging.associateChannelFlow(r -> r.channelArn(channel).chimeBearer(creator).channelFlowArn(flow));
        clients.send(member, channel, "through the flow");
    }

    private static Processor processor() {
        return Processor.builder()
                .name("processor")
                .executionOrder(1)
                .fallbackAction("ABORT")
                .configuration(c -> c.lambda(lambda -> lambda.invocationType("ASYNC")
                        .resourceArn("arn:aws:lambda:us-east-1:123456789012:function:f")))
                .build();
    }

    /// Rows by table while the server is stopped, without those of request tokens and of deadlines of flows, which time removes.
    private Map<Table, Integer> rows() {
        server.terminate();
        Map<Table, Integer> rows = StoreRows.count(server.dataFolder());
        server.start();
        rows.remove(Table.REQUEST_TOKENS);
        rows.remove(Table.REQUEST_TOKEN_BUCKETS);
        rows.remove(Table.FLOW_DEADLINES);
        return rows;
    }

    private void awaitPurges() throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (waiting() > 0) {
            assertThat(System.nanoTime()).as("purges wait for ever").isLessThan(end);
        }
    }

    private int waiting() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics"))
                    .build();
            Matcher waiting = WAITING.matcher(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            assertThat(waiting.find()).isTrue();
            return (int) Double.parseDouble(waiting.group(1));
        }
    }
}
