package bellframe.sessions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One lane's connections by user, and those users by the channels they belong to. Confined to the lane's thread.
///
/// Subscriptions follow two sources: the membership rows read when a user connects, and the membership events that come
/// in meanwhile. Events win: a channel left while the rows are being read is not subscribed to by an older row.
final class LaneIndex {

    /// How many frames are held for a connection that is being told what it missed.
    static final int HELD_MAX = 1_000;

    /// The events of a connection that is being told first what it missed.
    private static final class Held {

        private record HeldFrame(String channel, Frame frame) {
        }

        private final List<HeldFrame> frames = new ArrayList<>();
        private boolean holding;

        void take(String channel, Frame frame, Connection connection) {
            if (!holding) {
                return;
            }
            if (frames.size() == HELD_MAX) {
                connection.close(CloseReason.SLOW_CONSUMER);
                return;
            }
            frame.retain();
            frames.add(new HeldFrame(channel, frame));
        }

        /// The user has left a channel, of which it may not have been told what it missed: all it hears of it is that.
        void keepOnlyLast(String channel) {
            List<HeldFrame> ofChannel = frames.stream().filter(held -> held.channel().equals(channel)).toList();
            for (HeldFrame held : ofChannel.subList(0, Math.max(0, ofChannel.size() - 1))) {
                held.frame().release();
                frames.remove(held);
            }
        }

        int size() {
            return frames.size();
        }

        /// Takes the first frames out.
        void send(int count, Consumer<Frame> action) {
            List<HeldFrame> first = frames.subList(0, count);
            for (HeldFrame held : first) {
                action.accept(held.frame());
                held.frame().release();
            }
            first.clear();
        }

        void drop() {
            send(frames.size(), _ -> {
            });
        }
    }

    /// A user with connections on this lane.
    private static final class Subscriber {
        /// Those that get events as they come.
        private final List<Connection> connections = new ArrayList<>(1);
        /// Those that do not yet.
        private Map<Connection, Held> behind = Map.of();
        private final Set<String> channels = new HashSet<>();
        private final Set<Connection> loading = new HashSet<>();
        private final Set<String> leftWhileLoading = new HashSet<>();

        boolean isLoading() {
            return !loading.isEmpty();
        }

        void endLoading(Connection connection) {
            loading.remove(connection);
            if (loading.isEmpty()) {
                leftWhileLoading.clear();
            }
        }
    }

    private final Map<String, Subscriber> users = new HashMap<>();
    private final Map<String, Set<Subscriber>> subscribers = new HashMap<>();

    /// Adds a connection, whose channels are then told by [#load] until [#loaded].
    void register(String userArn, Connection connection) {
        loading(userArn, connection).connections.add(connection);
    }

    /// Does the same for a connection that gets no events before [#goOn].
    void registerBehind(String userArn, Connection connection) {
        Subscriber subscriber = loading(userArn, connection);
        subscriber.behind = new HashMap<>(subscriber.behind);
        subscriber.behind.put(connection, new Held());
    }

    private Subscriber loading(String userArn, Connection connection) {
        Subscriber subscriber = users.computeIfAbsent(userArn, _ -> new Subscriber());
        subscriber.loading.add(connection);
        return subscriber;
    }

    /// Holds the events of a connection from now on, which have been withheld from it so far.
    void hold(String userArn, Connection connection) {
        Subscriber subscriber = users.get(userArn);
        Held held = subscriber == null ? null : subscriber.behind.get(connection);
        if (held != null) {
            held.holding = true;
        }
    }

    /// Sends a connection that was behind some of the events that were held for it. With the last of them it begins to get
    /// events as they come.
    ///
    /// @param atOnce how many to send
    /// @param left runs once the last of those sent has left, or will not, if there are others
    /// @return false if there are others
    boolean goOn(String userArn, Connection connection, int atOnce, Runnable left) {
        Subscriber subscriber = users.get(userArn);
        Held held = subscriber == null ? null : subscriber.behind.get(connection);
        if (subscriber == null || held == null) {
            return true;
        }
        boolean last = held.size() <= atOnce;
        if (last) {
            held.send(held.size(), connection::send);
            leaveBehind(subscriber, connection);
            subscriber.connections.add(connection);
        } else {
            held.send(atOnce - 1, connection::send);
            held.send(1, frame -> connection.send(frame, left));
        }
        connection.flush();
        return last;
    }

    /// Lets a connection that was behind have its events as they come; those that were held are dropped.
    void goOnWithoutHeld(String userArn, Connection connection) {
        Subscriber subscriber = users.get(userArn);
        Held held = subscriber == null ? null : leaveBehind(subscriber, connection);
        if (subscriber != null && held != null) {
            held.drop();
            subscriber.connections.add(connection);
        }
    }

    private static @Nullable Held leaveBehind(Subscriber subscriber, Connection connection) {
        Map<Connection, Held> rest = new HashMap<>(subscriber.behind);
        Held held = rest.remove(connection);
        subscriber.behind = rest.isEmpty() ? Map.of() : rest;
        return held;
    }

    /// Subscribes a user to channels that were read from the store since this connection was registered. Does nothing if
    /// the connection has gone, for nobody may have noted since what the user left.
    void load(String userArn, Connection connection, Collection<String> channels) {
        Subscriber subscriber = users.get(userArn);
        if (subscriber != null && subscriber.loading.contains(connection)) {
            channels.stream()
                    .filter(channel -> !subscriber.leftWhileLoading.contains(channel))
                    .forEach(channel -> subscribe(subscriber, channel));
        }
    }

    /// A connection's channels have all been told.
    void loaded(String userArn, Connection connection) {
        Subscriber subscriber = users.get(userArn);
        if (subscriber != null) {
            subscriber.endLoading(connection);
        }
    }

    /// Removes a connection, and with its last connection the user.
    void unregister(String userArn, Connection connection) {
        Subscriber subscriber = users.get(userArn);
        if (subscriber == null) {
            return;
        }
        Held held = leaveBehind(subscriber, connection);
        if (held != null) {
            held.drop();
        } else if (!subscriber.connections.remove(connection)) {
            return;
        }
        subscriber.endLoading(connection);
        if (subscriber.connections.isEmpty() && subscriber.behind.isEmpty()) {
            users.remove(userArn);
            subscriber.channels.forEach(channel -> leave(subscriber, channel));
        }
    }

    void subscribe(String userArn, String channel) {
        Subscriber subscriber = users.get(userArn);
        if (subscriber != null) {
            subscriber.leftWhileLoading.remove(channel);
            subscribe(subscriber, channel);
        }
    }

    void unsubscribe(String userArn, String channel) {
        Subscriber subscriber = users.get(userArn);
        if (subscriber != null) {
            forget(subscriber, channel);
            leave(subscriber, channel);
        }
    }

    boolean isSubscribed(String userArn, String channel) {
        Subscriber subscriber = users.get(userArn);
        return subscriber != null && subscriber.channels.contains(channel);
    }

    /// The channel is gone: nobody is subscribed to it any more.
    void drop(String channel) {
        Set<Subscriber> gone = subscribers.remove(channel);
        if (gone != null) {
            gone.forEach(subscriber -> {
                subscriber.channels.remove(channel);
                subscriber.behind.values().forEach(held -> held.keepOnlyLast(channel));
            });
        }
        users.values().stream().filter(Subscriber::isLoading).forEach(user -> user.leftWhileLoading.add(channel));
    }

    /// Prepares to send frames to every connection of the audience, each once, or to hold them for them. Until that is done,
    /// nobody may change the index.
    Delivery delivery(String channel, Audience audience, List<Frame> frames) {
        return new Delivery(channel, reached(channel, audience).iterator(), frames);
    }

    /// Frames on their way to their audience.
    static final class Delivery {

        /// How many frames are written in one piece, about a millisecond's work.
        private static final int PIECE = 256;

        private final String channel;
        private final Iterator<Subscriber> rest;
        private final List<Frame> frames;
        private int sent;

        private Delivery(String channel, Iterator<Subscriber> rest, List<Frame> frames) {
            this.channel = channel;
            this.rest = rest;
            this.frames = frames;
        }

        /// How often a frame was sent to a connection.
        int sent() {
            return sent;
        }

        /// Sends them to some more.
        ///
        /// @return whether all have got them
        boolean proceed() {
            int end = sent + PIECE;
            while (rest.hasNext() && sent < end) {
                send(rest.next());
            }
            return !rest.hasNext();
        }

        private void send(Subscriber subscriber) {
            for (Connection connection : subscriber.connections) {
                frames.forEach(connection::send);
                connection.flush();
                sent += frames.size();
            }
            subscriber.behind.forEach((connection, held) -> frames
                    .forEach(frame -> held.take(channel, frame, connection)));
        }
    }

    private Collection<Subscriber> reached(String channel, Audience audience) {
        Set<Subscriber> everyone = subscribers.getOrDefault(channel, Set.of());
        return switch (audience) {
            case Audience.Everyone _ -> everyone;
            case Audience.Only(List<String> userArns) -> {
                var some = new LinkedHashSet<Subscriber>();
                for (String userArn : userArns) {
                    @Nullable
                    Subscriber subscriber = users.get(userArn);
                    if (subscriber != null && everyone.contains(subscriber)) {
                        some.add(subscriber);
                    }
                }
                yield some;
            }
        };
    }

    private void subscribe(Subscriber subscriber, String channel) {
        if (subscriber.channels.add(channel)) {
            subscribers.computeIfAbsent(channel, _ -> new LinkedHashSet<>()).add(subscriber);
        }
    }

    private static void forget(Subscriber subscriber, String channel) {
        subscriber.channels.remove(channel);
        subscriber.behind.values().forEach(held -> held.keepOnlyLast(channel));
        if (subscriber.isLoading()) {
            subscriber.leftWhileLoading.add(channel);
        }
    }

    private void leave(Subscriber subscriber, String channel) {
        Set<Subscriber> others = subscribers.get(channel);
        if (others != null) {
            others.remove(subscriber);
            if (others.isEmpty()) {
                subscribers.remove(channel);
            }
        }
    }
}
