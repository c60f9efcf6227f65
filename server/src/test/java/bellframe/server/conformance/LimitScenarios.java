package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.expiration.Expirations;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.AppInstances;
import bellframe.idempotency.RequestTokens;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.purges.Purges;
import bellframe.server.FaultyServer;
import bellframe.server.SdkClients;
import bellframe.storage.Storage;
import bellframe.tags.Tags;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;

/// Calls that ask for one more than a limit allows.
final class LimitScenarios {

    private static final String CHANNEL_ID = "full";
    private static final int MODERATOR = 0;
    private static final int BATCH_USERS = 100;
    private static final int CALLS_AT_ONCE = 16;
    private static final int USERS_AT_ONCE = 1_000;

    private LimitScenarios() {
    }

    /// Gives a new server as many app instances, and its first one as many users, admins and flows, as may be, and a
    /// channel there as many members and moderators.
    static void fill(FaultyServer server) {
        SdkClients clients = server.clients();
        fillWithUsers(server.storage(), AppInstanceArn.parse(clients.appInstance()).orElseThrow());
        String channel = clients.messaging()
                .createChannel(clients.newChannel(user(clients, MODERATOR)).channelId(CHANNEL_ID).build())
                .channelArn();
        for (int from = 1; from < Limit.CHANNEL_MEMBERSHIPS.value(); from += BATCH_USERS) {
            int to = Math.min(from + BATCH_USERS, Limit.CHANNEL_MEMBERSHIPS.value());
            List<String> newcomers = IntStream.range(from, to).mapToObj(id -> user(clients, id)).toList();
            clients.messaging()
                    .batchCreateChannelMembership(batch -> batch.channelArn(channel)
                            .chimeBearer(user(clients, MODERATOR))
                            .memberArns(newcomers));
        }
        inParallel(CALLS_AT_ONCE, 1, Limit.CHANNEL_MODERATORS.value(), id -> appoint(clients, id));
        inParallel(CALLS_AT_ONCE, 0, Limit.APP_INSTANCE_ADMINS.value(),
                id -> IdentityScenarios.promote(clients, user(clients, id)));
        inParallel(CALLS_AT_ONCE, 0, Limit.CHANNEL_FLOWS.value(), _ -> createAFlow(clients));
        inParallel(CALLS_AT_ONCE, 1, Limit.APP_INSTANCES.value(), _ -> createAnAppInstance(clients));
    }

    /// Through a domain of its own, since so many requests would take a minute. The server has not counted its users yet.
    private static void fillWithUsers(Storage storage, AppInstanceArn appInstance) {
        InstantSource clock = InstantSource.system();
        var tags = new Tags(storage);
        var purges = new Purges(storage);
        var appInstances = new AppInstances(appInstance.account(), storage, tags, new RequestTokens(storage, clock),
                purges, clock);
        var users = new AppInstanceUsers(appInstances, storage, tags, new Expirations(storage), purges, clock);
        inParallel(USERS_AT_ONCE, 0, Limit.APP_INSTANCE_USERS.value(),
                id -> users.create(appInstance, Integer.toString(id), "user", null, null, Map.of()));
    }

    private static void inParallel(int atOnce, int from, int to, IntConsumer action) {
        List<? extends Future<?>> done;
        try (var workers = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            done = IntStream.range(from, to).mapToObj(id -> workers.submit(() -> action.accept(id))).toList();
        }
        done.forEach(Future::resultNow);
    }

    private static String user(SdkClients clients, int id) {
        return clients.appInstance() + "/user/" + id;
    }

    private static void appoint(SdkClients clients, int id) {
        clients.messaging()
                .createChannelModerator(moderator -> moderator.channelArn(fullChannel(clients))
                        .chimeBearer(user(clients, MODERATOR))
                        .channelModeratorArn(user(clients, id)));
    }

    private static String fullChannel(SdkClients clients) {
        return clients.appInstance() + "/channel/" + CHANNEL_ID;
    }

    static void createAnAppInstance(SdkClients clients) {
        clients.otherAppInstance();
    }

    static void createAUser(SdkClients clients) {
        clients.user("one-too-many");
    }

    static void promoteAUser(SdkClients clients) {
        IdentityScenarios.promote(clients, user(clients, Limit.APP_INSTANCE_ADMINS.value()));
    }

    static void addAMember(SdkClients clients) {
        clients.messaging()
                .createChannelMembership(member -> member.channelArn(fullChannel(clients))
                        .chimeBearer(user(clients, MODERATOR))
                        .memberArn(user(clients, Limit.CHANNEL_MEMBERSHIPS.value()))
                        .type(ChannelMembershipType.DEFAULT));
    }

    static void appointAModerator(SdkClients clients) {
        appoint(clients, Limit.CHANNEL_MODERATORS.value());
    }

    static void createAFlow(SdkClients clients) {
        FlowScenarios.createFlow(clients, FlowScenarios.token(), "a flow");
    }

    static void registerOneDeviceTooMany(SdkClients clients) {
        String user = clients.user("ada");
        for (int device = 0; device <= Limit.USER_ENDPOINTS.value(); device++) {
            IdentityScenarios.register(clients, user, "device " + device);
        }
    }

    static void addOneTagTooMany(SdkClients clients, DeclaredError error) {
        String user = clients.user("ada");
        for (int tag = 0; tag <= Limit.TAGS.value(); tag++) {
            addTag(clients, error, user, "tag " + tag);
        }
    }

    private static void addTag(SdkClients clients, DeclaredError error, String resource, String key) {
        if (error.model().equals(ModelFile.MESSAGING)) {
            var tag = software.amazon.awssdk.services.chimesdkmessaging.model.Tag.builder().key(key).value("v").build();
            clients.messaging().tagResource(request -> request.resourceARN(resource).tags(tag));
        } else {
            var tag = software.amazon.awssdk.services.chimesdkidentity.model.Tag.builder().key(key).value("v").build();
            clients.identity().tagResource(request -> request.resourceARN(resource).tags(tag));
        }
    }
}
