package bellframe.server;

import bellframe.channels.ChannelHeads;
import bellframe.channels.ChannelOperations;
import bellframe.channels.Channels;
import bellframe.channels.MembershipOperations;
import bellframe.channels.Memberships;
import bellframe.channels.Moderators;
import bellframe.events.EventDispatcher;
import bellframe.identity.AppInstanceAdminOperations;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceOperations;
import bellframe.identity.AppInstanceUserOperations;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.AppInstances;
import bellframe.identity.DeletionListener;
import bellframe.messages.MessageOperations;
import bellframe.messages.Messages;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.rows.PageTokens;
import bellframe.server.config.ServerConfig;
import bellframe.sessions.FrameEncoder;
import bellframe.sessions.SessionOperations;
import bellframe.sessions.Sessions;
import bellframe.storage.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/// The domain's floor: its packages' services, lowest first, and who listens to whom.
final class Domain implements AutoCloseable {

    private static final String FIRST_APP_INSTANCE_NAME = "default";

    private final Account account;
    private final StoreFacts facts;
    private final EventDispatcher events = new EventDispatcher();
    private final AppInstances appInstances;
    private final Sessions sessions;
    private final Messaging messaging;
    private final IdentityManagement identityManagement;

    Domain(Account account, ServerConfig config, Storage storage, FrameEncoder encoder, MeterRegistry meters,
            InstantSource clock, SecureRandom random) {
        this.account = account;
        facts = new StoreFacts(storage);
        var pageTokens = new PageTokens(facts.pageTokenKey(random));
        var notYet = new NotYet();

        appInstances = new AppInstances(account, storage, clock);
        var users = new AppInstanceUsers(appInstances, storage, clock);
        var admins = new AppInstanceAdmins(users, storage, clock);
        identityManagement = new IdentityManagement(new AppInstanceOperations(appInstances, pageTokens),
                new AppInstanceUserOperations(appInstances, users, pageTokens),
                new AppInstanceAdminOperations(appInstances, users, admins, pageTokens), notYet);

        var heads = new ChannelHeads(storage);
        var memberships = new Memberships(storage, users, events, clock);
        var moderators = new Moderators(storage);
        var channels = new Channels(storage, users, admins, memberships, moderators, heads, events, clock,
                random);
        var messages = new Messages(storage, channels, memberships, heads, users, admins, events, clock, random,
                meters);
        sessions = new Sessions(users, memberships, events, encoder, config.sessionsPerUserMax(), meters);
        messaging = new Messaging(new ChannelOperations(users, admins, channels, pageTokens),
                new MembershipOperations(users, admins, channels, memberships, events, pageTokens),
                new MessageOperations(users, messages, pageTokens), new SessionOperations(config.publicHost()),
                notYet);

        events.subscribe(sessions);
        users.onDeletion(leavers(memberships, moderators, admins));
        users.onDeletion(sessions);
        appInstances.onDeletion(sessions);
        Gauge.builder("bellframe.events.backlog", events, EventDispatcher::backlog)
                .description("Events that wait to be told")
                .register(meters);
    }

    /// Creates the app instance that every data folder has at first.
    void createFirstAppInstance(String id) {
        facts.createFirstAppInstance(() -> appInstances.create(new AppInstanceArn(account, id),
                FIRST_APP_INSTANCE_NAME, null, Map.of()));
    }

    Messaging messaging() {
        return messaging;
    }

    IdentityManagement identityManagement() {
        return identityManagement;
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void close() {
        events.close();
    }

    /// What a user leaves behind when it is deleted.
    private static DeletionListener leavers(Memberships memberships, Moderators moderators,
            AppInstanceAdmins admins) {
        return new DeletionListener() {
            @Override
            public void userDeleted(UserArn user) {
                memberships.removeAll(user);
                moderators.removeAll(user);
                admins.delete(user);
            }

            @Override
            public void appInstanceDeleted(AppInstanceArn appInstance) {
                // Its users cannot act any more; nothing else has to happen for that.
            }
        };
    }
}
