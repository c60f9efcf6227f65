package bellframe.server;

import bellframe.bots.BotConversations;
import bellframe.bots.BotTriggers;
import bellframe.bots.BotWelcomes;
import bellframe.channels.BanOperations;
import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.channels.Bans;
import bellframe.channels.Channel;
import bellframe.channels.ChannelBots;
import bellframe.channels.ChannelExports;
import bellframe.channels.ChannelHeads;
import bellframe.channels.ChannelOperations;
import bellframe.channels.ChannelRecords;
import bellframe.channels.Channels;
import bellframe.channels.ChannelSearch;
import bellframe.channels.MemberRecords;
import bellframe.channels.MembershipOperations;
import bellframe.channels.Memberships;
import bellframe.channels.MissedChannels;
import bellframe.channels.ModeratorOperations;
import bellframe.channels.Moderators;
import bellframe.events.EventDispatcher;
import bellframe.expiration.Expirations;
import bellframe.flows.ChannelFlowOperations;
import bellframe.flows.ChannelFlows;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdminOperations;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceBotOperations;
import bellframe.identity.AppInstanceBots;
import bellframe.identity.AppInstanceOperations;
import bellframe.identity.AppInstances;
import bellframe.identity.AppInstanceUserOperations;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Belongings;
import bellframe.identity.RetentionSettings;
import bellframe.messages.MessageFlows;
import bellframe.messages.MessageHistory;
import bellframe.messages.MessageOperations;
import bellframe.messages.MessageOutlets;
import bellframe.messages.Messages;
import bellframe.messages.MissedMessages;
import bellframe.messages.Sequencer;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.ChannelFlowArn;
import bellframe.names.UserArn;
import bellframe.outbox.Outbox;
import bellframe.purges.Purges;
import bellframe.push.PushNotifications;
import bellframe.push.UserEndpointOperations;
import bellframe.push.UserEndpoints;
import bellframe.retention.PurgeWorker;
import bellframe.retention.Removal;
import bellframe.retention.Sweeper;
import bellframe.rows.PageTokens;
import bellframe.rows.StripedLocks;
import bellframe.server.config.ServerConfig;
import bellframe.sessions.FrameEncoder;
import bellframe.sessions.Prefetch;
import bellframe.sessions.Replay;
import bellframe.sessions.SessionLimits;
import bellframe.sessions.SessionOperations;
import bellframe.sessions.Sessions;
import bellframe.storage.Storage;
import bellframe.streaming.EventStreams;
import bellframe.streaming.StreamingConfigurations;
import bellframe.streaming.StreamingOperations;
import bellframe.streaming.StreamReplay;
import bellframe.tags.TagOperations;
import bellframe.tags.Tags;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The domain's floor: its packages' services, lowest first, and who listens to whom.
final class Domain implements AutoCloseable {

    private static final String FIRST_APP_INSTANCE_NAME = "default";

    private final Account account;
    private final StoreFacts facts;
    private final PageTokens pageTokens;
    private final Tags tags;
    private final EventDispatcher events;
    private final ChangeLog changes;
    private final AppInstances appInstances;
    private final RetentionSettings retentions;
    private final AppInstanceUsers users;
    private final AppInstanceBots bots;
    private final AppInstanceAdmins admins;
    private final Actors actors;
    private final Memberships memberships;
    private final Moderators moderators;
    private final Bans bans;
    private final Channels channels;
    private final ChannelFlows flows;
    private final Messages messages;
    private final Sessions sessions;
    private final Outbox outbox;
    private final UserEndpoints endpoints;
    private final StreamingConfigurations streaming;
    private final @Nullable StreamReplay streamReplay;
    private final Messaging messaging;
    private final IdentityManagement identityManagement;
    private final PurgeWorker purgeWorker;
    private final Sweeper sweeper;
    private final Duration sweepInterval;

    Domain(Account account, ServerConfig config, Storage storage, FrameEncoder encoder, Outside outside,
            MeterRegistry meters, InstantSource clock, SecureRandom random) {
        this.account = account;
        sweepInterval = config.sweepInterval();
        facts = new StoreFacts(storage);
        pageTokens = new PageTokens(facts.pageTokenKey(random));
        var tokens = new RequestTokens(storage, clock);
        var order = new EventOrder(storage, clock);
        changes = new ChangeLog(storage, order);
        events = new EventDispatcher(order.start());
        tags = new Tags(storage);
        var purges = new Purges(storage);
        var expirations = new Expirations(storage);

        appInstances = new AppInstances(account, storage, tags, tokens, purges, clock);
        retentions = new RetentionSettings(appInstances, storage, clock);
        users = new AppInstanceUsers(appInstances, storage, tags, expirations, purges, clock);
        bots = new AppInstanceBots(appInstances, storage, tags, tokens, purges, clock);
        actors = new Actors(users, bots);
        admins = new AppInstanceAdmins(actors, storage, clock);

        outbox = new Outbox(storage, order.start(), clock, System::nanoTime, random, meters);
        streaming = new StreamingConfigurations(appInstances, storage);
        var streams = new EventStreams(streaming, outside.streams(), actors, outside.alerts(), outbox);
        var exports = new ChannelExports(storage, order, outbox, streams,
                outside.bots() == null ? (_, _) -> List.of() : new BotWelcomes(bots));
        var roles = new StripedLocks();
        var channelRecords = new ChannelRecords(storage);
        var heads = new ChannelHeads(storage);
        bans = new Bans(storage, actors, exports);
        moderators = new Moderators(storage, actors, channelRecords, bans, roles, exports, clock);
        memberships = new Memberships(storage, actors, channelRecords, bans, moderators, roles, order, events,
                exports, clock);
        var history = new MessageHistory(storage, heads, retentions);
        channels = new Channels(storage, tokens, expirations, purges, appInstances, actors, admins, channelRecords,
                memberships, moderators, bans, history, order, changes, events, exports, clock,
                random);
        flows = new ChannelFlows(appInstances, storage, tags, tokens, channels, clock);
        endpoints = new UserEndpoints(users, storage, tokens, clock);
        var preferences = MemberRecords.preferences(storage, memberships);
        var push = new PushNotifications(channels, memberships, preferences, endpoints, outside.push(), storage, order,
                outbox, outside.alerts(), clock, meters);
        var sequencer = new Sequencer(heads, clock, meters);
        var outlets = outlets(outside, streams, push);
        var messageFlows = new MessageFlows(storage, channels, flows, heads, actors, order, changes, events, outbox,
                outside.processors(), outlets, outside.alerts(), clock, sequencer);
        messages = new Messages(storage, channels, memberships, heads, history, actors, order, changes, events,
                sequencer,
                messageFlows, outbox, outlets, clock, random);
        new BotConversations(bots, actors, channels, memberships, messages, outside.bots(), outside.alerts())
                .handleIn(outbox);
        var readMarkers = MemberRecords.readMarkers(storage, memberships);
        sessions = new Sessions(actors, memberships, events, encoder,
                new Prefetch(channels, memberships, readMarkers, messages, history, actors),
                new Replay(storage, changes, channels, memberships,
                        new MissedChannels(channels, channelRecords, memberships, changes),
                        new MissedMessages(storage, heads, history, actors), config.sessions().replayEventsMax()),
                new SessionLimits(config.sessions().perUserMax(), config.sessions().connectsPerSecondMax()), meters);
        streamReplay = outside.streams() == null
                ? null
                : new StreamReplay(channels, history, actors, outside.streams(), System::nanoTime);
        purgeWorker = new PurgeWorker(purges,
                new Removal(appInstances, users, bots, channels, heads, messages), meters);
        sweeper = new Sweeper(expirations, appInstances, users, channels, retentions, history, tokens, messageFlows,
                changes, config.sessions().replayLimit(), clock);

        var tagging = new TagOperations(tags, this::exists);
        messaging = new Messaging(
                new ChannelOperations(actors, admins, channels, new ChannelSearch(channels, memberships), pageTokens),
                new MembershipOperations(actors, admins, channels, memberships,
                        readMarkers,
                        preferences,
                        events, pageTokens, clock),
                new ModeratorOperations(actors, admins, channels, moderators, pageTokens),
                new BanOperations(actors, admins, channels, memberships, bans, events, pageTokens),
                new MessageOperations(actors, messages, messageFlows, pageTokens),
                new ChannelFlowOperations(appInstances, actors, channels, flows, pageTokens),
                new StreamingOperations(appInstances, streaming, outside.streams()), tagging,
                new SessionOperations(config.publicHost()));
        identityManagement = new IdentityManagement(new AppInstanceOperations(appInstances, retentions, pageTokens),
                new AppInstanceUserOperations(appInstances, users, pageTokens),
                new AppInstanceBotOperations(appInstances, bots, pageTokens),
                new AppInstanceAdminOperations(appInstances, actors, admins, pageTokens),
                new UserEndpointOperations(users, endpoints, outside.push(), pageTokens), tagging);

        events.subscribe(sessions);
        listenToDeletions();
        Gauge.builder("bellframe.events.backlog", events, EventDispatcher::backlog)
                .description("Events that wait to be told")
                .register(meters);
    }

    /// Who outside hears of messages.
    private MessageOutlets outlets(Outside outside, EventStreams streams, PushNotifications push) {
        var outlets = new ArrayList<MessageOutlets>();
        if (outside.streams() != null) {
            outlets.add(streams);
        }
        if (outside.push() != null) {
            outlets.add(push);
        }
        if (outside.bots() != null) {
            outlets.add(new BotTriggers(bots, new ChannelBots(memberships)));
        }
        return MessageOutlets.all(outlets);
    }

    private void listenToDeletions() {
        appInstances.onDeletion(sessions::appInstanceDeleted);
        appInstances.onPurge(flows::purgeAll);
        appInstances.onPurge(users::purgeAll);
        appInstances.onPurge(bots::purgeAll);
        appInstances.onPurge(admins::purgeAll);
        appInstances.onPurge(retentions::remove);
        appInstances.onPurge(streaming::remove);
        for (Belongings belongings : List.of(users.belongings(), bots.belongings())) {
            belongings.atOnce(sessions::userDeleted);
            belongings.later(memberships::removeAll);
            belongings.later(moderators::removeAll);
            belongings.later(bans::removeAll);
            belongings.later(admins::delete);
            belongings.later(endpoints::removeAll);
            // A user may come back under its ARN, and a client of it from before hears then what it has left.
            belongings.later(user -> {
                if (appInstances.find(user.appInstance()) == null) {
                    changes.erase(user.toString());
                }
            });
        }
    }

    /// Takes up what earlier runs left undone and begins what happens by itself; call it before anybody is served.
    ///
    /// @param id of the app instance that every data folder has at first
    void start(String id) {
        facts.createFirstAppInstance(() -> appInstances.create(new AppInstanceArn(account, id),
                FIRST_APP_INSTANCE_NAME, null, Map.of()));
        purgeWorker.start();
        sweeper.start(sweepInterval);
        outbox.start();
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

    PageTokens pageTokens() {
        return pageTokens;
    }

    Tags tags() {
        return tags;
    }

    AppInstanceUsers users() {
        return users;
    }

    Outbox outbox() {
        return outbox;
    }

    AppInstances appInstances() {
        return appInstances;
    }

    Channels channels() {
        return channels;
    }

    StreamingConfigurations streaming() {
        return streaming;
    }

    /// Null if nothing is streamed.
    @Nullable
    StreamReplay streamReplay() {
        return streamReplay;
    }

    /// Deletes a user, unless that has been done, and removes all it sent.
    ///
    /// @return how many messages were removed
    int eraseUser(UserArn user) {
        if (users.find(user) != null) {
            users.delete(user.toString());
        }
        users.purge(user);
        var messagesRemoved = new AtomicInteger();
        channels.forEach(user.appInstance(), reference -> {
            Channel channel = channels.find(reference);
            if (channel != null) {
                messagesRemoved.addAndGet(messages.eraseSender(channel, user));
            }
        });
        // What is kept of its comings and goings, and of its messages, would name it.
        changes.erase(user.toString());
        changes.forgetAll();
        return messagesRemoved.get();
    }

    @Override
    public void close() {
        sessions.close();
        sweeper.close();
        outbox.close();
        purgeWorker.close();
        events.close();
    }

    private boolean exists(String resourceArn) {
        return AppInstanceArn.parse(resourceArn).map(appInstances::find).isPresent()
                || UserArn.parse(resourceArn).map(actors::find).isPresent()
                || ChannelArn.parse(resourceArn).map(channels::find).isPresent()
                || ChannelFlowArn.parse(resourceArn).map(flows::find).isPresent();
    }
}
