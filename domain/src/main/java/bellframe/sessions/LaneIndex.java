package bellframe.sessions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One lane's connections by user, and those users by the channels they belong to. Confined to the lane's thread.
///
/// Subscriptions follow two sources: the membership rows read when a user connects, and the membership events that come
/// in meanwhile. Events win: a channel left while the rows are being read is not subscribed to by an older row.
final class LaneIndex {

    /// A user with connections on this lane.
    private static final class Subscriber {
        private final List<Connection> connections = new ArrayList<>(1);
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
        Subscriber subscriber = users.computeIfAbsent(userArn, _ -> new Subscriber());
        subscriber.connections.add(connection);
        subscriber.loading.add(connection);
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
        if (subscriber == null || !subscriber.connections.remove(connection)) {
            return;
        }
        subscriber.endLoading(connection);
        if (subscriber.connections.isEmpty()) {
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
            gone.forEach(subscriber -> subscriber.channels.remove(channel));
        }
        users.values().stream().filter(Subscriber::isLoading).forEach(user -> user.leftWhileLoading.add(channel));
    }

    /// Sends a frame to every connection of the audience, once.
    ///
    /// @return how many connections got it
    int deliver(String channel, Audience audience, Frame frame) {
        int sent = 0;
        for (Subscriber subscriber : reached(channel, audience)) {
            for (Connection connection : subscriber.connections) {
                connection.send(frame);
                connection.flush();
                sent++;
            }
        }
        return sent;
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
