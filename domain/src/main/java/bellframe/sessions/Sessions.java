package bellframe.sessions;

import bellframe.channels.MemberChannel;
import bellframe.channels.Memberships;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEventListener;
import bellframe.events.EventDispatcher;
import bellframe.events.MembershipSnapshot;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Actors;
import bellframe.identity.Bearer;
import bellframe.names.AppInstanceArn;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connected users: opens and closes their sessions and delivers events to them.
///
/// Every lane keeps an index of its own connections. An event is encoded once and handed to each lane that has any; as
/// changes of subscriptions travel the same way, each connection sees a channel's events in commit order, from its
/// SESSION_ESTABLISHED on without a gap.
public final class Sessions implements ConnectionListener, ChannelEventListener, AutoCloseable {

    /// Tasks that may wait on one lane before the dispatcher, and through its backlog the senders, have to.
    private static final int LANE_TASKS_MAX = 4_096;

    /// Messages of one channel that are told together at most.
    private static final int TOLD_TOGETHER_MAX = 64;

    private static final int LOAD_ROWS = 500;
    private static final String SENT = "SENT";
    private static final Audience EVERYONE = new Audience.Everyone();
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /// A lane, what it serves, and how much more may be asked of it.
    ///
    /// @param sessions those of the lane's connections that were let in; confined to the lane's thread, like the index
    private record LaneState(
            LaneTasks tasks,
            LaneIndex index,
            Map<Connection, SessionRegistry.Session> sessions,
            Semaphore room,
            AtomicInteger connections) {

        LaneState(Lane lane) {
            this(new LaneTasks(lane), new LaneIndex(), new HashMap<>(), new Semaphore(LANE_TASKS_MAX),
                    new AtomicInteger());
        }
    }

    private final Actors actors;
    private final Memberships memberships;
    private final EventDispatcher events;
    private final FrameEncoder encoder;
    private final SessionRegistry registry;
    private final ConnectRate connectRate;
    private final Telling telling = new Telling();
    private final Prefetching prefetching;
    private final Replaying replaying;
    private final Map<Lane, LaneState> lanes = new ConcurrentHashMap<>();
    private final Counter deliveries;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    public Sessions(Actors actors, Memberships memberships, EventDispatcher events, FrameEncoder encoder,
            Prefetch prefetch, Replay replay, SessionLimits limits, MeterRegistry meters) {
        this.actors = actors;
        this.events = events;
        this.memberships = memberships;
        this.encoder = encoder;
        this.registry = new SessionRegistry(limits.perUserMax());
        this.connectRate = new ConnectRate(limits.connectsPerSecondMax(), Ticker.systemTicker());
        this.prefetching = new Prefetching(prefetch, encoder, telling);
        this.replaying = new Replaying(replay, events, encoder, telling, meters);
        this.deliveries = meters.counter("bellframe.session.deliveries");
        meters.gauge("bellframe.sessions", registry, SessionRegistry::size);
    }

    @Override
    public void opened(Connection connection, String principalArn, ConnectRequest request) {
        Bearer user = actors.bearer(request.userArn());
        if (!connectRate.allows(user.toString())) {
            connection.close(CloseReason.CONNECTING_TOO_OFTEN);
            return;
        }
        var session = new SessionRegistry.Session(user.toString(), request.sessionId(), connection);
        LaneState lane = laneOf(connection);
        boolean behind = request.replayAfter() != null;
        boolean registered = inOrder(lane, _ -> register(lane, session, behind)).join();
        if (registered) {
            // Whoever was deleted just before the session could be found among the user's is refused here.
            actors.bearer(user.toString());
            load(lane, user.arn(), connection);
            EventPosition seen = EventPosition.parse(request.replayAfter()).orElse(null);
            inOrder(lane, told -> {
                establish(lane, session, seen == null || seen.isAfter(told) ? told : seen);
                return null;
            }).join();
            log.debug("{} connected for {}", principalArn, user);
            if (behind || request.prefetch() != null) {
                telling.start(user.arn(), connection, () -> tell(lane, session, user.arn(), request.prefetch(),
                        behind, seen));
            }
        }
    }

    /// Tells a client what it asked for. One that is told what it missed needs no prefetch.
    private void tell(LaneState lane, SessionRegistry.Session session, UserArn user,
            @Nullable PrefetchOrder prefetch, boolean behind, @Nullable EventPosition seen)
            throws InterruptedException {
        boolean replayed = behind && replaying.tell(user, seen, new ReturningClient(lane, session));
        if (!replayed && prefetch != null) {
            prefetching.tell(user, prefetch, session.connection(),
                    (channel, frame) -> sendToMember(lane, session, channel, frame));
        }
    }

    @Override
    public void closed(Connection connection) {
        LaneState lane = laneOf(connection);
        try {
            lane.tasks().execute(() -> unregister(lane, connection));
        } catch (RejectedExecutionException ended) {
            // The lane's index went with it; this was the last anybody hears of its connections.
            log.debug("a connection outlived its lane");
        }
    }

    @Override
    public void happened(EventPosition position, ChannelEvent event) {
        List<LaneState> busy = lanes.values().stream().filter(lane -> lane.connections().get() > 0).toList();
        if (busy.isEmpty()) {
            return;
        }
        Frame frame = encoder.encode(EventShapes.encode(event, position));
        for (LaneState lane : busy) {
            frame.retain();
            hand(lane, event, frame);
        }
        frame.release();
    }

    /// Ends the sessions of somebody who is gone.
    public void userDeleted(UserArn user) {
        registry.of(user.toString()).forEach(session -> session.connection().close(CloseReason.FORBIDDEN));
    }

    /// Ends the sessions of everybody in an app instance that is gone.
    public void appInstanceDeleted(AppInstanceArn appInstance) {
        registry.all()
                .stream()
                .filter(session -> session.userArn().startsWith(appInstance + "/"))
                .forEach(session -> session.connection().close(CloseReason.FORBIDDEN));
    }

    /// Closes every session, evenly spread over the given time so that the clients do not all come back at once, and
    /// lets no new one in. The future completes when the last one is gone.
    public CompletableFuture<Void> drain(Duration spread) {
        draining = true;
        List<SessionRegistry.Session> open = registry.all();
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i).connection();
            var later = CompletableFuture.delayedExecutor(spread.toNanos() * i / open.size(), TimeUnit.NANOSECONDS);
            later.execute(() -> connection.close(CloseReason.SERVICE_RESTART));
        }
        noteDrained();
        return drained.copy();
    }

    /// How many sessions are open.
    public int size() {
        return registry.size();
    }

    /// Stops what goes on beside the events.
    @Override
    public void close() {
        telling.close();
    }

    private LaneState laneOf(Connection connection) {
        return lanes.computeIfAbsent(connection.lane(), LaneState::new);
    }

    /// On the lane's thread, which is the one that would tell of the connection's end: it cannot end unnoticed.
    private boolean register(LaneState lane, SessionRegistry.Session session, boolean behind) {
        Connection connection = session.connection();
        if (!connection.isOpen()) {
            return false;
        }
        if (!registry.add(session)) {
            connection.close(CloseReason.TOO_MANY_SESSIONS);
            return false;
        }
        lane.connections().incrementAndGet();
        lane.sessions().put(connection, session);
        if (behind) {
            lane.index().registerBehind(session.userArn(), connection);
        } else {
            lane.index().register(session.userArn(), connection);
        }
        // Asked after the session can be found, so that a drain which starts now misses none.
        if (draining) {
            connection.close(CloseReason.SERVICE_RESTART);
        }
        return !draining;
    }

    private void unregister(LaneState lane, Connection connection) {
        SessionRegistry.Session session = lane.sessions().remove(connection);
        if (session != null) {
            registry.remove(session);
            lane.index().unregister(session.userArn(), connection);
            lane.connections().decrementAndGet();
            noteDrained();
        }
    }

    private void noteDrained() {
        if (draining && registry.size() == 0) {
            drained.complete(null);
        }
    }

    private void load(LaneState lane, UserArn user, Connection connection) {
        byte[] cursor = null;
        do {
            Page<MemberChannel> page = memberships.channelsOf(user, cursor, LOAD_ROWS);
            List<String> channels = page.items()
                    .stream()
                    .filter(channel -> memberships.belongs(user, channel))
                    .map(MemberChannel::incarnation)
                    .toList();
            inOrder(lane, _ -> {
                lane.index().load(user.toString(), connection, channels);
                return null;
            }).join();
            cursor = page.next();
        } while (cursor != null);
    }

    /// Runs a task on a lane behind every event that was published before: a session hears nothing from before it began.
    ///
    /// @param task gets the position of the last of these events
    private <T extends @Nullable Object> CompletableFuture<T> inOrder(LaneState lane,
            Function<EventPosition, T> task) {
        var result = new CompletableFuture<T>();
        events.inOrder(() -> {
            EventPosition told = events.told();
            try {
                lane.tasks().execute(() -> result.completeAsync(() -> task.apply(told), Runnable::run));
            } catch (RejectedExecutionException ended) {
                result.completeExceptionally(ended);
            }
        });
        return result;
    }

    /// @param position after which the session hears of everything
    private void establish(LaneState lane, SessionRegistry.Session session, EventPosition position) {
        lane.index().loaded(session.userArn(), session.connection());
        send(session.connection(), EventShapes.sessionEstablished(position));
    }

    private void send(Connection connection, byte[] text) {
        Frame frame = encoder.encode(text);
        connection.send(frame);
        connection.flush();
        frame.release();
    }

    /// A session whose events are held back until it has been told what it missed.
    private final class ReturningClient implements Replaying.Client {

        private final LaneState lane;
        private final SessionRegistry.Session session;

        private ReturningClient(LaneState lane, SessionRegistry.Session session) {
            this.lane = lane;
            this.session = session;
        }

        @Override
        public Connection connection() {
            return session.connection();
        }

        @Override
        public CompletableFuture<@Nullable Void> send(List<Frame> frames) {
            var left = new CompletableFuture<@Nullable Void>();
            frames.forEach(Frame::retain);
            try {
                lane.tasks().execute(() -> {
                    frames.subList(0, frames.size() - 1).forEach(connection()::send);
                    connection().send(frames.getLast(), () -> left.complete(null));
                    connection().flush();
                    frames.forEach(Frame::release);
                });
            } catch (RejectedExecutionException stopped) {
                frames.forEach(Frame::release);
                left.complete(null);
            }
            return left;
        }

        @Override
        public CompletableFuture<EventPosition> hold() {
            return inOrder(lane, told -> {
                lane.index().hold(session.userArn(), connection());
                return told;
            });
        }

        @Override
        public CompletableFuture<Boolean> goOn(int atOnce) {
            var left = new CompletableFuture<Boolean>();
            return inOrder(lane, _ -> lane.index()
                    .goOn(session.userArn(), connection(), atOnce, () -> left.complete(false)))
                    .thenCompose(last -> last ? CompletableFuture.completedFuture(true) : left);
        }

        @Override
        public CompletableFuture<@Nullable Void> giveUp(GapReason reason) {
            return inOrder(lane, told -> {
                lane.index().goOnWithoutHeld(session.userArn(), connection());
                Sessions.this.send(connection(), EventShapes.gapNotReplayed(reason, told));
                return null;
            });
        }
    }

    /// Sends a frame about a channel to one session, if its user belongs to the channel by then.
    private static CompletableFuture<@Nullable Void> sendToMember(LaneState lane, SessionRegistry.Session session,
            String channel, Frame frame) {
        var left = new CompletableFuture<@Nullable Void>();
        frame.retain();
        try {
            lane.tasks().execute(() -> {
                if (lane.index().isSubscribed(session.userArn(), channel)) {
                    session.connection().send(frame, () -> left.complete(null));
                    session.connection().flush();
                } else {
                    left.complete(null);
                }
                frame.release();
            });
        } catch (RejectedExecutionException stopped) {
            frame.release();
            left.complete(null);
        }
        return left;
    }

    private void hand(LaneState lane, ChannelEvent event, Frame frame) {
        lane.room().acquireUninterruptibly();
        try {
            lane.tasks().executeInPieces(new EventTask(lane, event, frame));
        } catch (RejectedExecutionException stopped) {
            // The lane has been shut down, and its connections with it.
            frame.release();
            lane.room().release();
        }
    }

    /// Tells a lane's connections of an event, and lets it change who hears of the next. Messages of one channel that wait behind
    /// each other are told together: one write to each socket instead of one for each message.
    private final class EventTask implements LaneTasks.Task {

        private final LaneState lane;
        private final ChannelEvent event;
        private final List<Frame> frames = new ArrayList<>(1);
        private LaneIndex.@Nullable Delivery delivery;

        private EventTask(LaneState lane, ChannelEvent event, Frame frame) {
            this.lane = lane;
            this.event = event;
            this.frames.add(frame);
        }

        @Override
        public boolean takesOver(LaneTasks.Task next) {
            if (frames.size() < TOLD_TOGETHER_MAX && next instanceof EventTask other && isToldLike(other)) {
                frames.addAll(other.frames);
                return true;
            }
            return false;
        }

        private boolean isToldLike(EventTask other) {
            return event.channel().equals(other.event.channel()) && isForAllMembers(event)
                    && isForAllMembers(other.event);
        }

        @Override
        public boolean proceed() {
            boolean failed = true;
            boolean done = false;
            try {
                done = deliver();
                failed = false;
            } finally {
                if (done || failed) {
                    frames.forEach(Frame::release);
                    lane.room().release(frames.size());
                }
            }
            return done;
        }

        private boolean deliver() {
            LaneIndex.Delivery begun = delivery;
            if (begun == null) {
                subscribe(lane.index(), event);
                begun = lane.index().delivery(event.channel(), audience(event), frames);
                delivery = begun;
            }
            if (!begun.proceed()) {
                return false;
            }
            unsubscribe(lane.index(), event);
            deliveries.increment(begun.sent());
            return true;
        }
    }

    /// Whether an event is a message's that all members hear of, and that changes nothing for those who come after it.
    private static boolean isForAllMembers(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.MessageCreated _,ChannelEvent.MessageUpdated _,ChannelEvent.MessageRedacted _,ChannelEvent.MessageDeleted _ ->
                audience(event) instanceof Audience.Everyone;
            case ChannelEvent.MessageHeld _,ChannelEvent.ChannelUpdated _,ChannelEvent.ChannelDeleted _,ChannelEvent.MembershipCreated _,ChannelEvent.MembershipsCreated _,ChannelEvent.MembershipDeleted _ ->
                false;
        };
    }

    /// Who joins hears of it.
    private static void subscribe(LaneIndex index, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.MembershipCreated(String channel, MembershipSnapshot membership) ->
                index.subscribe(membership.member().arn(), channel);
            case ChannelEvent.MembershipsCreated(String channel, List<MembershipSnapshot> created) ->
                created.forEach(membership -> index.subscribe(membership.member().arn(), channel));
            default -> {
                // Nobody joins.
            }
        }
    }

    /// Who leaves hears of that, and of nothing more.
    private static void unsubscribe(LaneIndex index, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.ChannelDeleted(String channel, var _) -> index.drop(channel);
            case ChannelEvent.MembershipDeleted(String channel, MembershipSnapshot membership) ->
                index.unsubscribe(membership.member().arn(), channel);
            default -> {
                // Nobody leaves.
            }
        }
    }

    private static Audience audience(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.MessageCreated(String _, MessageSnapshot message) -> audience(message);
            case ChannelEvent.MessageUpdated(String _, MessageSnapshot message) -> audience(message);
            case ChannelEvent.MessageRedacted(String _, MessageSnapshot message) -> audience(message);
            case ChannelEvent.MessageDeleted(String _, MessageSnapshot message) -> audience(message);
            case ChannelEvent.MessageHeld(String _, var _, MessageSnapshot message) -> audience(message);
            case ChannelEvent.ChannelUpdated _ -> EVERYONE;
            case ChannelEvent.ChannelDeleted _ -> EVERYONE;
            case ChannelEvent.MembershipCreated(String _, MembershipSnapshot membership) -> audience(membership);
            case ChannelEvent.MembershipsCreated(String _, List<MembershipSnapshot> created) -> audience(created);
            case ChannelEvent.MembershipDeleted(String _, MembershipSnapshot membership) -> audience(membership);
        };
    }

    /// What has not come through the channel's flow, its sender alone knows of, also when it is removed.
    private static Audience audience(MessageSnapshot message) {
        if (!message.status().equals(SENT)) {
            return new Audience.Only(List.of(message.sender().arn()));
        }
        String target = message.target();
        return target == null ? EVERYONE : new Audience.Only(List.of(message.sender().arn(), target));
    }

    /// The coming and going of hidden members is told to themselves only.
    private static Audience audience(MembershipSnapshot membership) {
        return audience(List.of(membership));
    }

    private static Audience audience(Collection<MembershipSnapshot> memberships) {
        boolean hidden = memberships.stream().anyMatch(MembershipSnapshot::hidden);
        return hidden
                ? new Audience.Only(memberships.stream().map(membership -> membership.member().arn()).toList())
                : EVERYONE;
    }
}
