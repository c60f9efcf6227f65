package bellframe.testing;

import bellframe.alerts.Alert;
import bellframe.bots.BotConversations;
import bellframe.bots.BotTriggers;
import bellframe.bots.BotWelcomes;
import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.channels.Bans;
import bellframe.channels.Channel;
import bellframe.channels.ChannelBots;
import bellframe.channels.ChannelExports;
import bellframe.channels.ChannelHeads;
import bellframe.channels.ChannelRecords;
import bellframe.channels.Channels;
import bellframe.channels.MemberRecords;
import bellframe.channels.MembershipPreferences;
import bellframe.channels.Memberships;
import bellframe.channels.MissedChannels;
import bellframe.channels.Moderators;
import bellframe.channels.NewChannel;
import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.expiration.Expirations;
import bellframe.flows.ChannelFlows;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.Actors;
import bellframe.identity.AppInstance;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceBot;
import bellframe.identity.AppInstanceBots;
import bellframe.identity.AppInstances;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Bearer;
import bellframe.identity.Belongings;
import bellframe.identity.RetentionSettings;
import bellframe.messages.MessageFlows;
import bellframe.messages.MessageHistory;
import bellframe.messages.MessageOutlets;
import bellframe.messages.Messages;
import bellframe.messages.MissedMessages;
import bellframe.messages.Sequencer;
import bellframe.names.Account;
import bellframe.outbox.Outbox;
import bellframe.purges.Purges;
import bellframe.push.PushNotifications;
import bellframe.push.UserEndpoints;
import bellframe.retention.Removal;
import bellframe.retention.Sweeper;
import bellframe.rows.StripedLocks;
import bellframe.sessions.Prefetch;
import bellframe.sessions.Replay;
import bellframe.storage.Storage;
import bellframe.streaming.EventStreams;
import bellframe.streaming.StreamingConfigurations;
import bellframe.tags.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The whole domain over one store, as `Wiring` puts it together, with a clock to move.
public final class World implements AutoCloseable {

    /// For how long those who were away can be told what happened.
    public static final Duration CHANGES_KEPT = Duration.ofDays(7);
    /// How many events they are told at most.
    public static final int REPLAYED_MAX = 300;

    public final Storage storage;
    public final TestClock clock;
    public final EventOrder order;
    public final ChangeLog changes;
    public final EventDispatcher events;
    public final Tags tags;
    public final RequestTokens tokens;
    public final Purges purges;
    public final Expirations expirations;
    public final AppInstances appInstances;
    public final RetentionSettings retentions;
    public final AppInstanceUsers users;
    public final AppInstanceBots bots;
    public final Actors actors;
    public final AppInstanceAdmins admins;
    public final ChannelHeads heads;
    public final Bans bans;
    public final Moderators moderators;
    public final Memberships memberships;
    public final MessageHistory history;
    public final Channels channels;
    public final ChannelFlows flows;
    public final TestProcessors processors = new TestProcessors();
    public final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
    public final Outbox outbox;
    public final TestSinks sinks = new TestSinks();
    public final TestBots runtimes = new TestBots();
    public final StreamingConfigurations streaming;
    public final UserEndpoints endpoints;
    public final MemberRecords<MembershipPreferences> preferences;
    public final TestPushServices pushServices = new TestPushServices();
    public final MessageFlows messageFlows;
    public final Messages messages;
    public final MemberRecords<Instant> readMarkers;
    public final Prefetch prefetch;
    public final Replay replay;
    public final Removal removal;
    public final Sweeper sweeper;
    public final AppInstance appInstance;

    private final MessageOutlets outlets;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Random random;
    private final BlockingQueue<ChannelEvent> told = new LinkedBlockingQueue<>();

    public World(Storage storage, TestClock clock) {
        this(storage, clock, 42);
    }

    /// @param seed of ids; another one for each world over one store in which channels are created
    public World(Storage storage, TestClock clock, long seed) {
        this.storage = storage;
        this.random = new Random(seed);
        this.clock = clock;
        var roles = new StripedLocks();
        order = new EventOrder(storage, clock);
        changes = new ChangeLog(storage, order);
        events = new EventDispatcher(order.start());
        tags = new Tags(storage);
        tokens = new RequestTokens(storage, clock);
        purges = new Purges(storage);
        expirations = new Expirations(storage);
        appInstances = new AppInstances(new Account("123456789012", "us-east-1"), storage, tags, tokens, purges, clock);
        retentions = new RetentionSettings(appInstances, storage, clock);
        users = new AppInstanceUsers(appInstances, storage, tags, expirations, purges, clock);
        bots = new AppInstanceBots(appInstances, storage, tags, tokens, purges, clock);
        actors = new Actors(users, bots);
        admins = new AppInstanceAdmins(actors, storage, clock);
        var records = new ChannelRecords(storage);
        heads = new ChannelHeads(storage);
        outbox = new Outbox(storage, order.start(), clock, () -> clock.millis() * 1_000_000, random, meters);
        streaming = new StreamingConfigurations(appInstances, storage);
        var streams = new EventStreams(streaming, sinks, actors, alerts::add, outbox);
        var exports = new ChannelExports(storage, order, outbox, streams, new BotWelcomes(bots));
        bans = new Bans(storage, actors, exports);
        moderators = new Moderators(storage, actors, records, bans, roles, exports, clock);
        memberships = new Memberships(storage, actors, records, bans, moderators, roles, order, events,
                exports, clock);
        history = new MessageHistory(storage, heads, retentions);
        channels = new Channels(storage, tokens, expirations, purges, appInstances, actors, admins, records,
                memberships, moderators, bans, history, order, changes, events, exports, clock, random);
        flows = new ChannelFlows(appInstances, storage, tags, tokens, channels, clock);
        endpoints = new UserEndpoints(users, storage, tokens, clock);
        preferences = MemberRecords.preferences(storage, memberships);
        var push = new PushNotifications(channels, memberships, preferences, endpoints, pushServices, storage, order,
                outbox, alerts::add, clock, meters);
        var sequencer = new Sequencer(heads, clock, meters);
        outlets = MessageOutlets.all(List.of(streams, push, new BotTriggers(bots, new ChannelBots(memberships))));
        messageFlows = new MessageFlows(storage, channels, flows, heads, actors, order, changes, events, outbox,
                processors, outlets, alerts::add, clock, sequencer);
        messages = messages(sequencer);
        new BotConversations(bots, actors, channels, memberships, messages, runtimes, alerts::add)
                .handleIn(outbox);
        readMarkers = MemberRecords.readMarkers(storage, memberships);
        prefetch = new Prefetch(channels, memberships, readMarkers, messages, history, actors);
        replay = new Replay(storage, changes, channels, memberships,
                new MissedChannels(channels, records, memberships, changes),
                new MissedMessages(storage, heads, history, actors), REPLAYED_MAX);
        for (Belongings belongings : List.of(users.belongings(), bots.belongings())) {
            belongings.later(memberships::removeAll);
            belongings.later(moderators::removeAll);
            belongings.later(bans::removeAll);
            belongings.later(admins::delete);
            belongings.later(endpoints::removeAll);
            belongings.later(user -> {
                if (appInstances.find(user.appInstance()) == null) {
                    changes.erase(user.toString());
                }
            });
        }
        removal = new Removal(appInstances, users, bots, channels, heads, messages);
        appInstances.onPurge(users::purgeAll);
        appInstances.onPurge(bots::purgeAll);
        appInstances.onPurge(admins::purgeAll);
        appInstances.onPurge(retentions::remove);
        sweeper = new Sweeper(expirations, appInstances, users, channels, retentions, history, tokens, messageFlows,
                changes, CHANGES_KEPT, clock);
        events.subscribe((_, event) -> told.add(event));
        outbox.start();
        List<AppInstance> earlier = appInstances.list(null, 1).items();
        appInstance = earlier.isEmpty()
                ? appInstances.create("app", null, Map.of(), "root", "the-token-of-the-app")
                : earlier.getFirst();
    }

    private Messages messages(Sequencer sequencer) {
        return new Messages(storage, channels, memberships, heads, history, actors, order, changes, events, sequencer,
                messageFlows, outbox, outlets, clock, random);
    }

    /// What sends messages after a restart, which remembers nothing.
    public Messages messagesAnew() {
        return messages(new Sequencer(heads, clock, meters));
    }

    public Bearer user(String id) {
        return actors.bearer(
                users.create(appInstance.arn(), id, "Name of " + id, null, null, Map.of()).arn().toString());
    }

    /// A bot that answers as [#runtimes] says.
    ///
    /// @param welcomeIntent null for none
    public Bearer bot(String name, AppInstanceBot.Standard standard, boolean targeted, @Nullable String welcomeIntent) {
        var lex = new AppInstanceBot.Lex("arn:aws:lex:us-east-1:123456789012:bot-alias/BOT0000001/" + name, "en_US",
                welcomeIntent, false, standard, targeted);
        return actors
                .bearer(bots.create(appInstance.arn(), name, null, lex, Map.of(), "root", UUID.randomUUID().toString())
                        .arn()
                        .toString());
    }

    /// A public, restricted channel with these members beside its creator.
    public Channel channel(Bearer creator, Bearer... members) {
        return channels.create(creator, wanted(null, members), UUID.randomUUID().toString());
    }

    public NewChannel wanted(@Nullable String channelId, Bearer... members) {
        var users = List.of(members)
                .stream()
                .map(member -> actors.named(member.toString(), appInstance.arn()))
                .toList();
        return new NewChannel(appInstance.arn(), channelId, "channel", Channel.Mode.RESTRICTED, Channel.Privacy.PUBLIC,
                null, null, users, List.of(), Map.of());
    }

    /// How many things of a name, and maybe of an outcome, were counted.
    public double counted(String name, String outcome) {
        return meters.get(name).tag("outcome", outcome).counter().count();
    }

    /// Removes all rows of what was deleted so far.
    public void purge() {
        purges.planned().forEach(purge -> {
            if (removal.isGone(purge)) {
                removal.purge(purge);
            }
            purges.done(purge);
        });
    }

    /// The next event, which must come within 10 s.
    public ChannelEvent nextEvent() throws InterruptedException {
        ChannelEvent event = told.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    /// Forgets the events told so far.
    public void drainEvents(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            nextEvent();
        }
    }

    /// Whether everything that happened so far has been taken with [#nextEvent()].
    public boolean hasNoEvent() {
        while (events.backlog() > 0) {
            Thread.onSpinWait();
        }
        return told.isEmpty();
    }

    /// Ends this world but not its store.
    @Override
    public void close() {
        outbox.close();
        events.close();
    }
}
