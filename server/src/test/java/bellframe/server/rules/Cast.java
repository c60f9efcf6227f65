package bellframe.server.rules;

import bellframe.server.SdkClients;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;

/// One channel, and somebody in each role.
final class Cast {

    /// Those who are the same for every channel.
    ///
    /// @param flow a channel flow
    record Ensemble(SdkClients clients, String admin, String foreigner, String bot, String flow) {

        static Ensemble of(SdkClients clients) {
            return new Ensemble(clients, clients.admin("admin"),
                    clients.userOf(clients.otherAppInstance(), "foreigner"), createBot(clients), createFlow(clients));
        }
    }

    private final SdkClients clients;
    private final String flow;
    private final String channel;
    private final String creator;
    private final Map<Role, String> players = new EnumMap<>(Role.class);
    private final boolean isPublic;
    private final boolean unrestricted;

    Cast(Ensemble ensemble, ChannelPrivacy privacy, ChannelMode mode) {
        clients = ensemble.clients();
        flow = ensemble.flow();
        isPublic = privacy == ChannelPrivacy.PUBLIC;
        unrestricted = mode == ChannelMode.UNRESTRICTED;
        creator = clients.user("creator");
        channel = clients.messaging()
                .createChannel(clients.newChannel(creator).privacy(privacy).mode(mode).build())
                .channelArn();
        players.put(Role.ADMIN, ensemble.admin());
        players.put(Role.MODERATOR, moderator());
        players.put(Role.MEMBER, member());
        players.put(Role.HIDDEN, hidden());
        players.put(Role.BANNED, banned());
        players.put(Role.OUTSIDER, outsider());
        players.put(Role.FOREIGNER, ensemble.foreigner());
        players.put(Role.BOT, joined(ensemble.bot(), ChannelMembershipType.DEFAULT));
    }

    SdkClients clients() {
        return clients;
    }

    String channel() {
        return channel;
    }

    /// A moderator and member, who is none of the players.
    String creator() {
        return creator;
    }

    String player(Role role) {
        String player = players.get(role);
        if (player == null) {
            throw new IllegalStateException("nobody is " + role);
        }
        return player;
    }

    boolean isPublic() {
        return isPublic;
    }

    boolean isUnrestricted() {
        return unrestricted;
    }

    String outsider() {
        return clients.user("outsider");
    }

    String member() {
        return joined(clients.user("member"), ChannelMembershipType.DEFAULT);
    }

    String hidden() {
        return joined(clients.user("hidden"), ChannelMembershipType.HIDDEN);
    }

    String moderator() {
        String user = clients.user("moderator");
        clients.messaging()
                .createChannelModerator(
                        create -> create.channelArn(channel).chimeBearer(creator).channelModeratorArn(user));
        return user;
    }

    String banned() {
        String user = clients.user("banned");
        clients.messaging()
                .createChannelBan(create -> create.channelArn(channel).chimeBearer(creator).memberArn(user));
        return user;
    }

    private static String createBot(SdkClients clients) {
        return clients.identity()
                .createAppInstanceBot(create -> create.appInstanceArn(clients.appInstance())
                        .name("a bot")
                        .configuration(configuration -> configuration.lex(lex -> lex
                                .lexBotAliasArn("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST")
                                .localeId("en_US"))))
                .appInstanceBotArn();
    }

    String flow() {
        return flow;
    }

    private static String createFlow(SdkClients clients) {
        return clients.messaging()
                .createChannelFlow(create -> create.appInstanceArn(clients.appInstance())
                        .name("flow")
                        .clientRequestToken(UUID.randomUUID().toString())
                        .processors(Processor.builder()
                                .name("processor")
                                .executionOrder(1)
                                .fallbackAction("ABORT")
                                .configuration(configuration -> configuration.lambda(lambda -> lambda
                                        .resourceArn("arn:aws:lambda:us-east-1:123456789012:function:f")
                                        .invocationType("ASYNC")))
                                .build()))
                .channelFlowArn();
    }

    private String joined(String user, ChannelMembershipType type) {
        clients.messaging()
                .createChannelMembership(
                        create -> create.channelArn(channel).chimeBearer(creator).memberArn(user).type(type));
        return user;
    }
}
