package bellframe.bench;

import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.channels.Bans;
import bellframe.channels.Channel;
import bellframe.channels.ChannelExports;
import bellframe.channels.ChannelHeads;
import bellframe.channels.ChannelRecords;
import bellframe.channels.Channels;
import bellframe.channels.MemberRecords;
import bellframe.channels.Memberships;
import bellframe.channels.MissedChannels;
import bellframe.channels.Moderators;
import bellframe.channels.NewChannel;
import bellframe.events.EventDispatcher;
import bellframe.expiration.Expirations;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceBots;
import bellframe.identity.AppInstances;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.RetentionSettings;
import bellframe.flows.ChannelFlows;
import bellframe.messages.MessageFlows;
import bellframe.messages.MessageHistory;
import bellframe.messages.MessageOperations;
import bellframe.messages.Messages;
import bellframe.messages.Sequencer;
import bellframe.outbox.Outbox;
import bellframe.messages.MissedMessages;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.purges.Purges;
import bellframe.rows.PageTokens;
import bellframe.rows.StripedLocks;
import bellframe.sessions.FrameEncoder;
import bellframe.sessions.Prefetch;
import bellframe.sessions.Replay;
import bellframe.sessions.SessionLimits;
import bellframe.sessions.Sessions;
import bellframe.storage.Storage;
import bellframe.storage.memory.MemoryStorage;
import bellframe.tags.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The channel [Account#CHANNEL] as the README makes one, of which [Account#USER] is a plain member, and what messages
/// pass in it; put together as the server does, in memory.
final class Chat implements AutoCloseable {

    private static final int REPLAYED_EVENTS_MAX = 5_000;
    private static final int PAGE_TOKEN_KEY_BYTES = 32;

    /// The real one, since reading it is part of what a message costs.
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Storage storage = new MemoryStorage();
    private final EventOrder order = new EventOrder(storage, clock);
    private final ChangeLog changes = new ChangeLog(storage, order);
    private final EventDispatcher events = new EventDispatcher(order.start());
    private final Tags tags = new Tags(storage);
    private final RequestTokens tokens = new RequestTokens(storage, clock);
    private final Purges purges = new Purges(storage);
    private final Expirations expirations = new Expirations(storage);
    private final AppInstances appInstances = new AppInstances(Account.NAME, storage, tags, tokens, purges, clock);
    private final AppInstanceUsers users = new AppInstanceUsers(appInstances, storage, tags, expirations, purges,
            clock);
    private final Actors actors = new Actors(users,
            new AppInstanceBots(appInstances, storage, tags, tokens, purges, clock));
    private final ChannelRecords records = new ChannelRecords(storage);
    private final ChannelHeads heads;
    private final Memberships memberships;
    private final MessageHistory history;
    private final Channels channels;
    private final Messages messages;
    private final MessageOperations operations;
    private final List<UserArn> members;

    private Chat(int count, UnaryOperator<Storage> ofMessages) {
        Storage stored = ofMessages.apply(storage);
        var roles = new StripedLocks();
        var outbox = new Outbox(stored, order.start(), clock, System::nanoTime, random, meters);
        var exports = new ChannelExports(storage, order, outbox, _ -> List.of(), (_, _) -> List.of());
        var bans = new Bans(storage, actors, exports);
        var moderators = new Moderators(storage, actors, records, bans, roles, exports, clock);
        heads = new ChannelHeads(stored);
        memberships = new Memberships(storage, actors, records, bans, moderators, roles, order, events, exports,
                clock);
        history = new MessageHistory(stored, heads, new RetentionSettings(appInstances, storage, clock));
        channels = new Channels(storage, tokens, expirations, purges, appInstances, actors,
                new AppInstanceAdmins(actors, storage, clock), records, memberships, moderators, bans, history, order,
                changes, events, exports, clock, random);
        var sequencer = new Sequencer(heads, clock, meters);
        var flows = new MessageFlows(stored, channels,
                new ChannelFlows(appInstances, storage, tags, tokens, channels, clock), heads, actors, order, changes,
                events, outbox, (_, _, _) -> {
                }, (_, _) -> List.of(), _ -> {
                }, clock, sequencer);
        messages = new Messages(stored, channels, memberships, heads, history, actors, order, changes, events,
                sequencer, flows, outbox, (_, _) -> List.of(), clock, random);
        operations = new MessageOperations(actors, messages, flows, new PageTokens(new byte[PAGE_TOKEN_KEY_BYTES]));
        members = createChannel(count);
    }

    /// With a history that is kept in memory.
    static Chat kept() {
        return new Chat(2, UnaryOperator.identity());
    }

    /// With a history that stays empty, whatever is sent.
    static Chat unwritten() {
        return new Chat(2, UnwrittenStorage::new);
    }

    /// With many members.
    static Chat of(int members) {
        return new Chat(members, UnwrittenStorage::new);
    }

    private List<UserArn> createChannel(int count) {
        AppInstanceArn appInstance = AppInstanceArn.containing(Account.CHANNEL).orElseThrow();
        appInstances.create(appInstance, "default", null, Map.of());
        List<Actor> joining = IntStream.range(0, count)
                .mapToObj(i -> createUser(appInstance, i == 0 ? "alice" : "member-" + i))
                .toList();
        Actor creator = createUser(appInstance, "creator");
        channels.create(actors.bearer(creator.arn().toString()),
                new NewChannel(appInstance, ChannelArn.parse(Account.CHANNEL).orElseThrow().channelId(), "General",
                        Channel.Mode.RESTRICTED, Channel.Privacy.PRIVATE, null, null, joining, List.of(), Map.of()),
                "0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f");
        return joining.stream().map(Actor::arn).toList();
    }

    private Actor createUser(AppInstanceArn appInstance, String id) {
        UserArn arn = users.create(appInstance, id, "Name of " + id, null, null, Map.of()).arn();
        return actors.named(arn.toString(), appInstance);
    }

    Actors actors() {
        return actors;
    }

    Channels channels() {
        return channels;
    }

    MessageOperations operations() {
        return operations;
    }

    List<UserArn> members() {
        return members;
    }

    /// The channel's name in events.
    String incarnation() {
        @Nullable
        Channel channel = channels.find(ChannelArn.parse(Account.CHANNEL).orElseThrow());
        if (channel == null) {
            throw new IllegalStateException("the channel is gone");
        }
        return channel.incarnation();
    }

    /// Sessions that hear of nothing but what they are told by the caller.
    Sessions sessions(FrameEncoder encoder) {
        var readMarkers = MemberRecords.readMarkers(storage, memberships);
        return new Sessions(actors, memberships, events, encoder,
                new Prefetch(channels, memberships, readMarkers, messages, history, actors),
                new Replay(storage, changes, channels, memberships,
                        new MissedChannels(channels, records, memberships, changes),
                        new MissedMessages(storage, heads, history, actors), REPLAYED_EVENTS_MAX),
                new SessionLimits(1, 0), meters);
    }

    /// Waits until the thread that tells events, and opens sessions, has nothing left to do.
    void awaitTold() {
        events.awaitTold();
    }

    @Override
    public void close() {
        events.close();
        storage.close();
    }
}
