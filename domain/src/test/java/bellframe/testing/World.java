package bellframe.testing;

import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.channels.Channels;
import bellframe.channels.Memberships;
import bellframe.channels.Moderators;
import bellframe.channels.NewChannel;
import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.identity.AppInstance;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.AppInstances;
import bellframe.identity.Bearer;
import bellframe.messages.Messages;
import bellframe.names.Account;
import bellframe.storage.Storage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The whole domain over one store, as `Wiring` puts it together, with a clock to move.
public final class World implements AutoCloseable {

    public final Storage storage;
    public final TestClock clock;
    public final EventDispatcher events = new EventDispatcher();
    public final AppInstances appInstances;
    public final AppInstanceUsers users;
    public final AppInstanceAdmins admins;
    public final ChannelHeads heads;
    public final Memberships memberships;
    public final Moderators moderators;
    public final Channels channels;
    public final Messages messages;
    public final AppInstance appInstance;

    private final BlockingQueue<ChannelEvent> told = new LinkedBlockingQueue<>();

    public World(Storage storage, TestClock clock) {
        this.storage = storage;
        this.clock = clock;
        var random = new Random(42);
        appInstances = new AppInstances(new Account("123456789012", "us-east-1"), storage, clock);
        users = new AppInstanceUsers(appInstances, storage, clock);
        admins = new AppInstanceAdmins(users, storage, clock);
        heads = new ChannelHeads(storage);
        memberships = new Memberships(storage, users, events, clock);
        moderators = new Moderators(storage);
        channels = new Channels(storage, users, admins, memberships, moderators, heads, events, clock,
                random);
        messages = new Messages(storage, channels, memberships, heads, users, admins, events, clock, random,
                new SimpleMeterRegistry());
        events.subscribe(told::add);
        appInstance = appInstances.create("app", null, Map.of(), "root", "the-token-of-the-app");
    }

    public Bearer user(String id) {
        return users.bearer(users.create(appInstance.arn(), id, "Name of " + id, null, Map.of()).arn().toString());
    }

    /// A public, restricted channel with these members beside its creator.
    public Channel channel(Bearer creator, Bearer... members) {
        return channels.create(creator, wanted(null, members), UUID.randomUUID().toString());
    }

    public NewChannel wanted(@Nullable String channelId, Bearer... members) {
        var users = List.of(members)
                .stream()
                .map(member -> this.users.named(member.toString(), appInstance.arn()))
                .toList();
        return new NewChannel(appInstance.arn(), channelId, "channel", Channel.Mode.RESTRICTED, Channel.Privacy.PUBLIC,
                null, users, List.of(), Map.of());
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
        events.close();
    }
}
