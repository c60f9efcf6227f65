package bellframe.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.SdkClients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchField;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldKey;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldOperator;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Random operations by random users in one app instance, each compared with [Rules].
final class Walk {

    private static final int USERS_MAX = 9;
    private static final int CHANNELS_MAX = 6;
    private static final int REMEMBERED_MAX = 30;

    private final long seed;
    private final Random random;
    private final String appInstance;
    private final Rules rules = new Rules();
    private final List<Runnable> operations = List.of(this::createUser, this::deleteUser, this::promote, this::demote,
            this::createChannel, this::createChannel, this::updateChannel, this::deleteChannel, this::describeChannel,
            this::addMember, this::addMember, this::addMembers, this::removeMember, this::describeMember,
            this::listMembers, this::addModerator, this::removeModerator, this::describeModerator, this::listModerators,
            this::ban, this::unban, this::describeBan, this::listBans, this::mark, this::mute, this::preferences,
            this::send, this::send, this::send, this::send, this::send, this::getMessage, this::getStatus,
            this::updateMessage, this::redactMessage, this::deleteMessage, this::listMessages, this::listMessages,
            this::listChannels, this::channelsOf, this::moderatedBy, this::search);
    /// ARNs of users and channels that are or were there, and ids of messages.
    private final List<String> userArns = new ArrayList<>();
    private final List<String> channelArns = new ArrayList<>();
    private final List<String> messageIds = new ArrayList<>();
    private ChimeSdkMessagingClient messaging;
    private ChimeSdkIdentityClient identity;
    private int step;
    private int names;

    Walk(long seed, SdkClients clients) {
        this.seed = seed;
        this.random = new Random(seed);
        this.appInstance = clients.otherAppInstance();
        messaging = clients.messaging();
        identity = clients.identity();
    }

    /// Goes on with the same server at another port.
    void with(SdkClients clients) {
        messaging = clients.messaging();
        identity = clients.identity();
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            step++;
            if (rules.users.size() < 3) {
                createUser();
            } else {
                operations.get(random.nextInt(operations.size())).run();
            }
        }
    }

    /// Compares everything there is.
    void compareAll() {
        String admin = rules.users.iterator().next();
        if (rules.createAdmin(admin) == 'Y') {
            identity.createAppInstanceAdmin(r -> r.appInstanceArn(appInstance).appInstanceAdminArn(admin));
        }
        compare("ListChannels/PUBLIC", rules.channelsWhere(channel -> channel.isPublic),
                publicChannels(admin, ChannelPrivacy.PUBLIC));
        compare("ListChannels/PRIVATE", rules.channelsWhere(channel -> !channel.isPublic),
                publicChannels(admin, ChannelPrivacy.PRIVATE));
        rules.channels.forEach((arn, channel) -> {
            compareMembers(admin, arn, channel, false);
            compareMembers(admin, arn, channel, true);
            compareModerators(admin, arn, channel);
            compareBans(admin, arn, channel);
            rules.users.forEach(user -> {
                if (rules.see(user, arn) == 'Y') {
                    compareMessages(user, arn, channel);
                }
            });
        });
        rules.users.forEach(user -> {
            compareChannelsOf(user, user);
            compareModerated(user, user);
        });
    }

    private void createUser() {
        boolean again = !userArns.isEmpty() && random.nextInt(3) == 0;
        String id = again ? idOf(user()) : "user" + names++;
        String arn = appInstance + "/user/" + id;
        if (rules.users.size() < USERS_MAX || rules.users.contains(arn)) {
            expect("CreateAppInstanceUser", 'Y', () -> identity.createAppInstanceUser(
                    r -> r.appInstanceArn(appInstance).appInstanceUserId(id).name(id)));
            rules.users.add(arn);
            remember(userArns, arn);
        }
    }

    private void deleteUser() {
        if (random.nextInt(4) == 0) {
            String user = user();
            expect("DeleteAppInstanceUser " + idOf(user), rules.deleteUser(user),
                    () -> identity.deleteAppInstanceUser(r -> r.appInstanceUserArn(user)));
        }
    }

    private void promote() {
        String user = user();
        expect("CreateAppInstanceAdmin " + idOf(user), rules.createAdmin(user), () -> identity
                .createAppInstanceAdmin(r -> r.appInstanceArn(appInstance).appInstanceAdminArn(user)));
    }

    private void demote() {
        String user = user();
        expect("DeleteAppInstanceAdmin " + idOf(user), rules.deleteAdmin(user), () -> identity
                .deleteAppInstanceAdmin(r -> r.appInstanceArn(appInstance).appInstanceAdminArn(user)));
    }

    private void createChannel() {
        if (rules.channels.size() >= CHANNELS_MAX) {
            return;
        }
        String bearer = user();
        boolean taken = !rules.channels.isEmpty() && random.nextInt(8) == 0;
        String id = taken ? idOf(rules.channels.keySet().iterator().next()) : "channel" + names++;
        String arn = appInstance + "/channel/" + id;
        Set<String> members = someUsers(3);
        Set<String> moderators = someUsers(2);
        var others = new HashSet<>(members);
        others.addAll(moderators);
        var channel = new Rules.Channel("name" + step, random.nextBoolean(), random.nextBoolean());
        char expected = rules.createChannel(bearer, others, arn);
        expect("CreateChannel " + id + " by " + idOf(bearer), expected, () -> messaging.createChannel(r -> {
            r.appInstanceArn(appInstance)
                    .chimeBearer(bearer)
                    .name(channel.name)
                    .channelId(id)
                    .privacy(channel.isPublic ? ChannelPrivacy.PUBLIC : ChannelPrivacy.PRIVATE)
                    .mode(channel.unrestricted ? ChannelMode.UNRESTRICTED : ChannelMode.RESTRICTED);
            if (!members.isEmpty()) {
                r.memberArns(members);
            }
            if (!moderators.isEmpty()) {
                r.moderatorArns(moderators);
            }
        }));
        if (expected == 'Y') {
            rules.created(arn, channel, bearer, members, moderators);
            remember(channelArns, arn);
        }
    }

    private void updateChannel() {
        String bearer = user();
        String arn = channel();
        boolean unrestricted = random.nextBoolean();
        String name = "name" + step;
        char expected = rules.administer(bearer, arn);
        expect("UpdateChannel", expected, () -> messaging.updateChannel(r -> r.channelArn(arn)
                .chimeBearer(bearer)
                .name(name)
                .mode(unrestricted ? ChannelMode.UNRESTRICTED : ChannelMode.RESTRICTED)));
        if (expected == 'Y') {
            rules.channel(arn).name = name;
            rules.channel(arn).unrestricted = unrestricted;
        }
    }

    private void deleteChannel() {
        if (random.nextInt(3) == 0) {
            String bearer = user();
            String arn = channel();
            char expected = rules.administer(bearer, arn);
            expect("DeleteChannel", expected,
                    () -> messaging.deleteChannel(r -> r.channelArn(arn).chimeBearer(bearer)));
            if (expected == 'Y') {
                rules.channels.remove(arn);
            }
        }
    }

    private void describeChannel() {
        String bearer = user();
        String arn = channel();
        expect("DescribeChannel", rules.see(bearer, arn), () -> {
            var found = messaging.describeChannel(r -> r.channelArn(arn).chimeBearer(bearer)).channel();
            Rules.Channel channel = rules.channel(arn);
            compare("name", channel.name, found.name());
            compare("mode", channel.unrestricted ? ChannelMode.UNRESTRICTED : ChannelMode.RESTRICTED, found.mode());
        });
    }

    private void addMember() {
        String bearer = user();
        String user = random.nextInt(4) == 0 ? bearer : user();
        String arn = channel();
        boolean hidden = random.nextInt(5) == 0;
        expect("CreateChannelMembership", rules.addMember(bearer, arn, user, hidden),
                () -> messaging.createChannelMembership(
                        r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user).type(type(hidden))));
    }

    private void addMembers() {
        String bearer = user();
        String arn = channel();
        Set<String> newcomers = new LinkedHashSet<>(List.of(user(), user(), user()));
        expect("BatchCreateChannelMembership", rules.addMembers(bearer, arn), () -> {
            var answer = messaging.batchCreateChannelMembership(
                    r -> r.channelArn(arn).chimeBearer(bearer).memberArns(newcomers));
            var outcomes = new HashMap<String, Character>();
            answer.batchChannelMemberships().members().forEach(member -> outcomes.put(member.arn(), 'Y'));
            answer.errors().forEach(error -> outcomes.put(error.memberArn(), switch (error.errorCode()) {
                case CONFLICT -> 'C';
                case FORBIDDEN -> 'N';
                default -> '?';
            }));
            Map<String, Character> expected = newcomers.stream()
                    .collect(Collectors.toMap(user -> user,
                            user -> rules.addition(rules.channel(arn), user, false)));
            compare("members", expected, outcomes);
        });
    }

    private void removeMember() {
        String bearer = user();
        String user = random.nextInt(3) == 0 ? bearer : user();
        String arn = channel();
        expect("DeleteChannelMembership", rules.removeMember(bearer, arn, user), () -> messaging
                .deleteChannelMembership(r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user)));
    }

    private void describeMember() {
        String bearer = user();
        String user = user();
        String arn = channel();
        expect("DescribeChannelMembership", rules.describeMember(bearer, arn, user), () -> {
            var found = messaging
                    .describeChannelMembership(r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user))
                    .channelMembership();
            Boolean hidden = rules.channel(arn).hiddenByMember.get(user);
            compare("type", type(Boolean.TRUE.equals(hidden)), found.type());
        });
    }

    private void listMembers() {
        String bearer = user();
        String arn = channel();
        boolean hidden = random.nextBoolean();
        expect("ListChannelMemberships", hidden ? rules.administer(bearer, arn) : rules.see(bearer, arn),
                () -> compareMembers(bearer, arn, null, hidden));
    }

    private void addModerator() {
        String bearer = user();
        String user = user();
        String arn = channel();
        expect("CreateChannelModerator", rules.addModerator(bearer, arn, user), () -> messaging
                .createChannelModerator(r -> r.channelArn(arn).chimeBearer(bearer).channelModeratorArn(user)));
    }

    private void removeModerator() {
        String bearer = user();
        String user = user();
        String arn = channel();
        char expected = rules.administer(bearer, arn);
        expect("DeleteChannelModerator", expected, () -> messaging
                .deleteChannelModerator(r -> r.channelArn(arn).chimeBearer(bearer).channelModeratorArn(user)));
        if (expected == 'Y') {
            rules.channel(arn).moderators.remove(user);
        }
    }

    private void describeModerator() {
        String bearer = user();
        String user = user();
        String arn = channel();
        expect("DescribeChannelModerator",
                rules.administerUser(bearer, arn, channel -> channel.moderators.contains(user)), () -> messaging
                        .describeChannelModerator(
                                r -> r.channelArn(arn).chimeBearer(bearer).channelModeratorArn(user)));
    }

    private void listModerators() {
        String bearer = user();
        String arn = channel();
        expect("ListChannelModerators", rules.administer(bearer, arn), () -> compareModerators(bearer, arn, null));
    }

    private void ban() {
        String bearer = user();
        String user = user();
        String arn = channel();
        expect("CreateChannelBan", rules.ban(bearer, arn, user),
                () -> messaging.createChannelBan(r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user)));
    }

    private void unban() {
        String bearer = user();
        String user = user();
        String arn = channel();
        char expected = rules.administer(bearer, arn);
        expect("DeleteChannelBan", expected,
                () -> messaging.deleteChannelBan(r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user)));
        if (expected == 'Y') {
            rules.channel(arn).banned.remove(user);
        }
    }

    private void describeBan() {
        String bearer = user();
        String user = user();
        String arn = channel();
        expect("DescribeChannelBan", rules.administerUser(bearer, arn, channel -> channel.banned.contains(user)),
                () -> messaging.describeChannelBan(r -> r.channelArn(arn).chimeBearer(bearer).memberArn(user)));
    }

    private void listBans() {
        String bearer = user();
        String arn = channel();
        expect("ListChannelBans", rules.administer(bearer, arn), () -> compareBans(bearer, arn, null));
    }

    private void mark() {
        String bearer = user();
        String arn = channel();
        expect("UpdateChannelReadMarker", rules.asMember(bearer, arn), () -> {
            messaging.updateChannelReadMarker(r -> r.channelArn(arn).chimeBearer(bearer));
            assertThat(messaging
                    .describeChannelMembershipForAppInstanceUser(
                            r -> r.channelArn(arn).chimeBearer(bearer).appInstanceUserArn(bearer))
                    .channelMembership()
                    .appInstanceUserMembershipSummary()
                    .readMarkerTimestamp()).isNotNull();
        });
    }

    private void mute() {
        String bearer = user();
        String arn = channel();
        char expected = rules.asMember(bearer, arn);
        expect("PutChannelMembershipPreferences", expected, () -> messaging
                .putChannelMembershipPreferences(r -> r.channelArn(arn)
                        .chimeBearer(bearer)
                        .memberArn(bearer)
                        .preferences(p -> p.pushNotifications(n -> n.allowNotifications("NONE")))));
        if (expected == 'Y') {
            rules.channel(arn).mutedBy.add(bearer);
        }
    }

    private void preferences() {
        String bearer = user();
        String arn = channel();
        expect("GetChannelMembershipPreferences", rules.asMember(bearer, arn), () -> {
            String allowed = messaging
                    .getChannelMembershipPreferences(
                            r -> r.channelArn(arn).chimeBearer(bearer).memberArn(bearer))
                    .preferences()
                    .pushNotifications()
                    .allowNotificationsAsString();
            compare("preferences", rules.channel(arn).mutedBy.contains(bearer) ? "NONE" : "ALL", allowed);
        });
    }

    private void send() {
        String bearer = user();
        String arn = channel();
        String target = random.nextInt(4) == 0 ? user() : null;
        String content = "content " + step;
        SendChannelMessageRequest.Builder message = SdkClients.message(bearer, arn, content);
        if (target != null) {
            message.target(Target.builder().memberArn(target).build());
        }
        expect("SendChannelMessage", rules.send(bearer, arn, target), () -> {
            String id = messaging.sendChannelMessage(message.build()).messageId();
            rules.channel(arn).messages.put(id, new Rules.Message(id, bearer, target, content));
            remember(messageIds, id);
        });
    }

    private void getMessage() {
        String bearer = user();
        String arn = channel();
        String id = messageOf(arn);
        expect("GetChannelMessage", rules.getMessage(bearer, arn, id), () -> {
            var found = messaging.getChannelMessage(r -> r.channelArn(arn).chimeBearer(bearer).messageId(id))
                    .channelMessage();
            compare("content", Rules.messagesOf(rules.channel(arn), bearer)
                    .stream()
                    .filter(message -> message.id.equals(id))
                    .map(message -> String.valueOf(message.content))
                    .toList(), List.of(String.valueOf(found.content())));
        });
    }

    private void getStatus() {
        String bearer = user();
        String arn = channel();
        String id = messageOf(arn);
        expect("GetChannelMessageStatus", rules.getStatus(bearer, arn, id), () -> messaging
                .getChannelMessageStatus(r -> r.channelArn(arn).chimeBearer(bearer).messageId(id)));
    }

    private void updateMessage() {
        String bearer = user();
        String arn = channel();
        String id = messageOf(arn);
        String content = "edited " + step;
        expect("UpdateChannelMessage", rules.updateMessage(bearer, arn, id, content), () -> messaging
                .updateChannelMessage(r -> r.channelArn(arn).chimeBearer(bearer).messageId(id).content(content)));
    }

    private void redactMessage() {
        String bearer = user();
        String arn = channel();
        String id = messageOf(arn);
        expect("RedactChannelMessage", rules.redactMessage(bearer, arn, id), () -> messaging
                .redactChannelMessage(r -> r.channelArn(arn).chimeBearer(bearer).messageId(id)));
    }

    private void deleteMessage() {
        String bearer = user();
        String arn = channel();
        String id = messageOf(arn);
        expect("DeleteChannelMessage", rules.deleteMessage(bearer, arn, id), () -> messaging
                .deleteChannelMessage(r -> r.channelArn(arn).chimeBearer(bearer).messageId(id)));
    }

    private void listMessages() {
        String bearer = user();
        String arn = channel();
        expect("ListChannelMessages", rules.see(bearer, arn), () -> compareMessages(bearer, arn, null));
    }

    private void listChannels() {
        String bearer = user();
        boolean isPublic = random.nextBoolean();
        char expected = !rules.users.contains(bearer)
                ? 'U'
                : isPublic || rules.admins.contains(bearer) ? 'Y' : 'N';
        expect("ListChannels", expected,
                () -> compare("channels", rules.channelsWhere(channel -> channel.isPublic == isPublic),
                        publicChannels(bearer, isPublic ? ChannelPrivacy.PUBLIC : ChannelPrivacy.PRIVATE)));
    }

    private void channelsOf() {
        String bearer = user();
        String user = random.nextBoolean() ? bearer : user();
        expect("ListChannelMembershipsForAppInstanceUser", rules.ofUser(bearer, user),
                () -> compareChannelsOf(bearer, user));
    }

    private void moderatedBy() {
        String bearer = user();
        String user = random.nextBoolean() ? bearer : user();
        expect("ListChannelsModeratedByAppInstanceUser", rules.ofUser(bearer, user),
                () -> compareModerated(bearer, user));
    }

    private void search() {
        String bearer = user();
        Set<String> members = new LinkedHashSet<>(List.of(user(), user()));
        boolean nobodyElse = random.nextBoolean();
        var field = SearchField.builder()
                .key(SearchFieldKey.MEMBERS)
                .operator(nobodyElse ? SearchFieldOperator.EQUALS : SearchFieldOperator.INCLUDES)
                .values(members)
                .build();
        expect("SearchChannels", rules.search(bearer, members),
                () -> compare("channels", rules.found(bearer, members, nobodyElse),
                        messaging.searchChannelsPaginator(r -> r.chimeBearer(bearer).fields(field).maxResults(2))
                                .stream()
                                .flatMap(page -> page.channels().stream())
                                .map(ChannelSummary::channelArn)
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private Set<String> publicChannels(String bearer, ChannelPrivacy privacy) {
        return messaging
                .listChannelsPaginator(
                        r -> r.appInstanceArn(appInstance).chimeBearer(bearer).privacy(privacy).maxResults(2))
                .stream()
                .flatMap(page -> page.channels().stream())
                .map(ChannelSummary::channelArn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void compareMembers(String bearer, String arn, Rules.@Nullable Channel known, boolean hidden) {
        Set<String> listed = messaging
                .listChannelMembershipsPaginator(
                        r -> r.channelArn(arn).chimeBearer(bearer).type(type(hidden)).maxResults(3))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(member -> member.member().arn())
                .collect(Collectors.toCollection(TreeSet::new));
        Rules.Channel channel = known == null ? rules.channel(arn) : known;
        compare("members of " + arn, Rules.membersOf(channel, hidden), listed);
    }

    private void compareModerators(String bearer, String arn, Rules.@Nullable Channel known) {
        Set<String> listed = messaging
                .listChannelModeratorsPaginator(r -> r.channelArn(arn).chimeBearer(bearer).maxResults(2))
                .stream()
                .flatMap(page -> page.channelModerators().stream())
                .map(moderator -> moderator.moderator().arn())
                .collect(Collectors.toCollection(TreeSet::new));
        Rules.Channel channel = known == null ? rules.channel(arn) : known;
        compare("moderators of " + arn, new TreeSet<>(channel.moderators), listed);
    }

    private void compareBans(String bearer, String arn, Rules.@Nullable Channel known) {
        Set<String> listed = messaging
                .listChannelBansPaginator(r -> r.channelArn(arn).chimeBearer(bearer).maxResults(1))
                .stream()
                .flatMap(page -> page.channelBans().stream())
                .map(ban -> ban.member().arn())
                .collect(Collectors.toCollection(TreeSet::new));
        Rules.Channel channel = known == null ? rules.channel(arn) : known;
        compare("banned from " + arn, new TreeSet<>(channel.banned), listed);
    }

    /// The last 50 that the bearer may see, in both.
    private void compareMessages(String bearer, String arn, Rules.@Nullable Channel known) {
        var listed = new ArrayList<String>();
        String token = null;
        do {
            String from = token;
            var page = messaging.listChannelMessages(
                    r -> r.channelArn(arn).chimeBearer(bearer).maxResults(20).nextToken(from));
            page.channelMessages()
                    .forEach((ChannelMessageSummary message) -> listed
                            .add(message.messageId() + " " + message.content()));
            token = page.nextToken();
        } while (token != null && listed.size() < 50);
        Rules.Channel channel = known == null ? rules.channel(arn) : known;
        List<String> expected = Rules.messagesOf(channel, bearer)
                .stream()
                .limit(50)
                .map(message -> message.id + " " + message.content)
                .toList();
        compare("messages of " + arn, expected, listed.stream().limit(50).toList());
    }

    private void compareChannelsOf(String bearer, String user) {
        Set<String> expected = rules.channelsWhere(channel -> channel.hiddenByMember.containsKey(user));
        List<ChannelSummary> summaries = messaging
                .listChannelMembershipsForAppInstanceUserPaginator(
                        r -> r.chimeBearer(bearer).appInstanceUserArn(user).maxResults(2))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(membership -> membership.channelSummary())
                .toList();
        compareSummaries("channels of " + idOf(user), bearer, expected, summaries);
    }

    private void compareModerated(String bearer, String user) {
        Set<String> expected = rules.channelsWhere(channel -> channel.moderators.contains(user));
        List<ChannelSummary> summaries = messaging
                .listChannelsModeratedByAppInstanceUserPaginator(
                        r -> r.chimeBearer(bearer).appInstanceUserArn(user).maxResults(2))
                .stream()
                .flatMap(page -> page.channels().stream())
                .map(channel -> channel.channelSummary())
                .toList();
        compareSummaries("channels moderated by " + idOf(user), bearer, expected, summaries);
    }

    private void compareSummaries(String what, String viewer, Set<String> expected, List<ChannelSummary> summaries) {
        compare(what, expected,
                summaries.stream().map(ChannelSummary::channelArn).collect(Collectors.toCollection(TreeSet::new)));
        var last = new HashMap<String, Long>();
        summaries.forEach(summary -> {
            if (summary.lastMessageTimestamp() != null) {
                last.put(summary.channelArn(), summary.lastMessageTimestamp().toEpochMilli());
            }
        });
        compare("last messages in " + what, rules.lastMessages(expected, viewer), last);
    }

    /// Calls, and compares what the call comes to.
    private void expect(String what, char expected, Runnable call) {
        char outcome = Outcomes.of(call::run);
        assertThat(outcome).as("seed %d, step %d: %s", seed, step, what).isEqualTo(expected);
    }

    private void compare(String what, @Nullable Object expected, @Nullable Object found) {
        assertThat(found).as("seed %d, step %d: %s", seed, step, what).isEqualTo(expected);
    }

    private String user() {
        return userArns.get(random.nextInt(userArns.size()));
    }

    private Set<String> someUsers(int max) {
        var some = new LinkedHashSet<String>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            some.add(user());
        }
        return some;
    }

    private String channel() {
        return channelArns.isEmpty()
                ? appInstance + "/channel/none"
                : channelArns.get(random.nextInt(channelArns.size()));
    }

    /// Mostly a message of the channel.
    private String messageOf(String arn) {
        Rules.Channel channel = rules.channels.get(arn);
        if (channel != null && !channel.messages.isEmpty() && random.nextInt(8) > 0) {
            List<String> ids = List.copyOf(channel.messages.descendingKeySet());
            return ids.get(random.nextInt(Math.min(ids.size(), 10)));
        }
        return messageIds.isEmpty() ? "none" : messageIds.get(random.nextInt(messageIds.size()));
    }

    private void remember(List<String> names, String name) {
        names.remove(name);
        names.add(name);
        if (names.size() > REMEMBERED_MAX) {
            names.removeIf(old -> !rules.users.contains(old) && !rules.channels.containsKey(old)
                    && names.indexOf(old) < REMEMBERED_MAX / 2);
        }
    }

    private static ChannelMembershipType type(boolean hidden) {
        return hidden ? ChannelMembershipType.HIDDEN : ChannelMembershipType.DEFAULT;
    }

    private static String idOf(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
