package bellframe.server.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of the API once more, over plain collections: what a call comes to, and what there is afterwards.
///
/// Calls are answered with `Y` for success, `U` for UnauthorizedClientException, `N` for ForbiddenException, `F` for
/// NotFoundException and `C` for ConflictException. Users and channels are named by their ARNs.
final class Rules {

    /// A message.
    static final class Message {

        final String id;
        final String sender;
        final @Nullable String target;
        @Nullable
        String content;

        Message(String id, String sender, @Nullable String target, String content) {
            this.id = id;
            this.sender = sender;
            this.target = target;
            this.content = content;
        }

        boolean isVisibleTo(String user) {
            return target == null || target.equals(user) || sender.equals(user);
        }

        /// When it was created, in milliseconds since 1970: the id begins with the message's position.
        long created() {
            return Long.parseLong(id.substring(0, 16), 16) / 1_000;
        }
    }

    /// A channel.
    static final class Channel {

        final boolean isPublic;
        boolean unrestricted;
        String name;
        final Map<String, Boolean> hiddenByMember = new LinkedHashMap<>();
        final Set<String> moderators = new LinkedHashSet<>();
        final Set<String> banned = new LinkedHashSet<>();
        final Set<String> mutedBy = new HashSet<>();
        final TreeMap<String, Message> messages = new TreeMap<>();

        Channel(String name, boolean isPublic, boolean unrestricted) {
            this.name = name;
            this.isPublic = isPublic;
            this.unrestricted = unrestricted;
        }
    }

    final Set<String> users = new LinkedHashSet<>();
    final Set<String> admins = new HashSet<>();
    final Map<String, Channel> channels = new LinkedHashMap<>();

    char createAdmin(String user) {
        return !users.contains(user) ? 'N' : admins.add(user) ? 'Y' : 'C';
    }

    char deleteAdmin(String user) {
        return admins.remove(user) ? 'Y' : 'F';
    }

    char deleteUser(String user) {
        if (!users.remove(user)) {
            return 'F';
        }
        admins.remove(user);
        channels.values().forEach(channel -> {
            channel.hiddenByMember.remove(user);
            channel.moderators.remove(user);
            channel.banned.remove(user);
            channel.mutedBy.remove(user);
        });
        return 'Y';
    }

    /// @param others members and moderators
    char createChannel(String bearer, Set<String> others, String arn) {
        if (!users.contains(bearer)) {
            return 'U';
        }
        return !users.containsAll(others) ? 'N' : channels.containsKey(arn) ? 'C' : 'Y';
    }

    void created(String arn, Channel channel, String creator, Set<String> members, Set<String> moderators) {
        channel.hiddenByMember.put(creator, false);
        members.forEach(member -> channel.hiddenByMember.putIfAbsent(member, false));
        channel.moderators.add(creator);
        channel.moderators.addAll(moderators);
        channels.put(arn, channel);
    }

    char see(String bearer, String arn) {
        return in(bearer, arn, channel -> 'Y');
    }

    char administer(String bearer, String arn) {
        return in(bearer, arn, channel -> administers(bearer, channel) ? 'Y' : 'N');
    }

    char administerUser(String bearer, String arn, Predicate<Channel> present) {
        return in(bearer, arn, channel -> !administers(bearer, channel) ? 'N' : present.test(channel) ? 'Y' : 'F');
    }

    char addMember(String bearer, String arn, String user, boolean hidden) {
        return in(bearer, arn, channel -> {
            boolean joins = user.equals(bearer) && !hidden && channel.isPublic;
            boolean adds = administers(bearer, channel)
                    || (!hidden && channel.unrestricted && isShownMember(channel, bearer));
            if (!joins && !adds) {
                return 'N';
            }
            return addition(channel, user, hidden);
        });
    }

    /// Whether the bearer may add several at once.
    char addMembers(String bearer, String arn) {
        return in(bearer, arn, channel -> administers(bearer, channel)
                || (channel.unrestricted && isShownMember(channel, bearer)) ? 'Y' : 'N');
    }

    /// What becomes of a user who is added by somebody who may; if it can be, it is.
    char addition(Channel channel, String user, boolean hidden) {
        if (!users.contains(user) || channel.banned.contains(user)) {
            return 'N';
        }
        return channel.hiddenByMember.putIfAbsent(user, hidden) == null ? 'Y' : 'C';
    }

    char removeMember(String bearer, String arn, String user) {
        return in(bearer, arn, channel -> {
            boolean leaves = user.equals(bearer) && channel.hiddenByMember.containsKey(bearer);
            if (!leaves && !administers(bearer, channel)) {
                return 'N';
            }
            channel.hiddenByMember.remove(user);
            channel.mutedBy.remove(user);
            return 'Y';
        });
    }

    char describeMember(String bearer, String arn, String user) {
        return in(bearer, arn, channel -> {
            Boolean hidden = channel.hiddenByMember.get(user);
            boolean shown = hidden != null && (!hidden || user.equals(bearer) || administers(bearer, channel));
            return shown ? 'Y' : 'F';
        });
    }

    char addModerator(String bearer, String arn, String user) {
        return in(bearer, arn, channel -> {
            if (!administers(bearer, channel) || !users.contains(user)) {
                return 'N';
            }
            if (channel.moderators.contains(user)) {
                return 'C';
            }
            if (channel.banned.contains(user)) {
                return 'N';
            }
            channel.moderators.add(user);
            return 'Y';
        });
    }

    char ban(String bearer, String arn, String user) {
        return in(bearer, arn, channel -> {
            if (!administers(bearer, channel) || !users.contains(user) || admins.contains(user)) {
                return 'N';
            }
            if (channel.banned.contains(user)) {
                return 'C';
            }
            if (channel.moderators.contains(user)) {
                return 'N';
            }
            channel.banned.add(user);
            channel.hiddenByMember.remove(user);
            channel.mutedBy.remove(user);
            return 'Y';
        });
    }

    char asMember(String bearer, String arn) {
        return in(bearer, arn, channel -> channel.hiddenByMember.containsKey(bearer) ? 'Y' : 'N');
    }

    char send(String bearer, String arn, @Nullable String target) {
        return in(bearer, arn, channel -> isShownMember(channel, bearer)
                && (target == null || channel.hiddenByMember.containsKey(target)) ? 'Y' : 'N');
    }

    char getMessage(String bearer, String arn, String id) {
        return in(bearer, arn, channel -> visible(channel, bearer, id) == null ? 'F' : 'Y');
    }

    /// Also those who may not see the channel any more may ask about what they sent.
    char getStatus(String bearer, String arn, String id) {
        if (!users.contains(bearer)) {
            return 'U';
        }
        Channel channel = channels.get(arn);
        Message message = channel == null ? null : channel.messages.get(id);
        boolean excluded = channel != null && channel.banned.contains(bearer) && !admins.contains(bearer);
        return message != null && message.sender.equals(bearer) && !excluded ? 'Y' : 'N';
    }

    char updateMessage(String bearer, String arn, String id, String content) {
        return in(bearer, arn, channel -> {
            Message message = visible(channel, bearer, id);
            if (message == null || !message.sender.equals(bearer) || !channel.hiddenByMember.containsKey(bearer)) {
                return 'N';
            }
            if (message.content == null) {
                return 'C';
            }
            message.content = content;
            return 'Y';
        });
    }

    char redactMessage(String bearer, String arn, String id) {
        return in(bearer, arn, channel -> {
            Message message = visible(channel, bearer, id);
            boolean own = message != null && message.sender.equals(bearer)
                    && channel.hiddenByMember.containsKey(bearer);
            if (message == null || (!own && !administers(bearer, channel))) {
                return 'N';
            }
            message.content = null;
            return 'Y';
        });
    }

    char deleteMessage(String bearer, String arn, String id) {
        return in(bearer, arn, channel -> {
            if (!admins.contains(bearer)) {
                return 'N';
            }
            channel.messages.remove(id);
            return 'Y';
        });
    }

    /// Whether the bearer may ask what another user has.
    char ofUser(String bearer, String user) {
        if (!users.contains(bearer)) {
            return 'U';
        }
        return user.equals(bearer) || (admins.contains(bearer) && users.contains(user)) ? 'Y' : 'N';
    }

    /// Whether the bearer may search for these members.
    char search(String bearer, Set<String> members) {
        return !users.contains(bearer) ? 'U' : users.containsAll(members) ? 'Y' : 'N';
    }

    Set<String> found(String bearer, Set<String> members, boolean nobodyElse) {
        return channelsWhere(channel -> {
            Set<String> shown = membersOf(channel, false);
            return (admins.contains(bearer) || channel.hiddenByMember.containsKey(bearer))
                    && (nobodyElse ? shown.equals(members) : shown.containsAll(members));
        });
    }

    Set<String> channelsWhere(Predicate<Channel> condition) {
        return channels.entrySet()
                .stream()
                .filter(channel -> condition.test(channel.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> membersOf(Channel channel, boolean hidden) {
        return channel.hiddenByMember.entrySet()
                .stream()
                .filter(member -> member.getValue() == hidden)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What a user may read, newest first.
    static List<Message> messagesOf(Channel channel, String viewer) {
        var visible = new ArrayList<Message>();
        channel.messages.descendingMap().values().forEach(message -> {
            if (message.isVisibleTo(viewer)) {
                visible.add(message);
            }
        });
        return visible;
    }

    /// The creation of the last message that a viewer may see, by channel.
    Map<String, Long> lastMessages(Set<String> arns, String viewer) {
        var last = new HashMap<String, Long>();
        arns.forEach(arn -> {
            List<Message> visible = messagesOf(channel(arn), viewer);
            if (!visible.isEmpty()) {
                last.put(arn, visible.getFirst().created());
            }
        });
        return last;
    }

    Channel channel(String arn) {
        Channel channel = channels.get(arn);
        if (channel == null) {
            throw new IllegalStateException("there is no " + arn);
        }
        return channel;
    }

    boolean administers(String user, Channel channel) {
        return admins.contains(user) || channel.moderators.contains(user);
    }

    private interface Answer {
        char in(Channel channel);
    }

    /// The answer to whoever may see the channel.
    private char in(String bearer, String arn, Answer answer) {
        if (!users.contains(bearer)) {
            return 'U';
        }
        Channel channel = channels.get(arn);
        if (channel == null) {
            return 'N';
        }
        boolean sees = administers(bearer, channel) || channel.hiddenByMember.containsKey(bearer)
                || (channel.isPublic && !channel.banned.contains(bearer));
        return sees ? answer.in(channel) : 'N';
    }

    private static boolean isShownMember(Channel channel, String user) {
        return Boolean.FALSE.equals(channel.hiddenByMember.get(user));
    }

    private static @Nullable Message visible(Channel channel, String viewer, String id) {
        Message message = channel.messages.get(id);
        return message == null || !message.isVisibleTo(viewer) ? null : message;
    }
}
