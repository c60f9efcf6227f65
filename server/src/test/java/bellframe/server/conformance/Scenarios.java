package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.UUID;

/// Calls about channels and what is in them that end in an error because of what was done before; each is named after its
/// last step.
final class Scenarios {

    private Scenarios() {
    }

    static void createAnotherChannelWithOneId(SdkClients clients) {
        var channel = clients.newChannel(clients.user("ada")).channelId(token());
        clients.messaging().createChannel(channel.clientRequestToken(token()).build());
        clients.messaging().createChannel(channel.clientRequestToken(token()).build());
    }

    static void addAMember(SdkClients clients) {
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String channel = clients.channel(ada, bob);
        clients.messaging()
                .createChannelMembership(
                        member -> member.channelArn(channel).chimeBearer(ada).memberArn(bob).type("DEFAULT"));
    }

    static void describeAnAbsentMembership(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        String outsider = clients.user("bob");
        clients.messaging()
                .describeChannelMembership(
                        member -> member.channelArn(channel).chimeBearer(ada).memberArn(outsider));
    }

    static void appointAModerator(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        clients.messaging()
                .createChannelModerator(
                        create -> create.channelArn(channel).chimeBearer(ada).channelModeratorArn(ada));
    }

    static void describeAnAbsentModerator(SdkClients clients) {
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String channel = clients.channel(ada, bob);
        clients.messaging()
                .describeChannelModerator(
                        moderator -> moderator.channelArn(channel).chimeBearer(ada).channelModeratorArn(bob));
    }

    static void banABannedUser(SdkClients clients) {
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String channel = clients.channel(ada);
        ban(clients, ada, channel, bob);
        ban(clients, ada, channel, bob);
    }

    static void ban(SdkClients clients, String moderator, String channel, String user) {
        clients.messaging()
                .createChannelBan(ban -> ban.channelArn(channel).chimeBearer(moderator).memberArn(user));
    }

    static void describeAnAbsentBan(SdkClients clients) {
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String channel = clients.channel(ada, bob);
        clients.messaging().describeChannelBan(ban -> ban.channelArn(channel).chimeBearer(ada).memberArn(bob));
    }

    static void sendAnotherMessageWithOneToken(SdkClients clients) {
        String ada = clients.user("ada");
        var message = SdkClients.message(ada, clients.channel(ada), "one").clientRequestToken(token());
        clients.messaging().sendChannelMessage(message.build());
        clients.messaging().sendChannelMessage(message.content("another").build());
    }

    static void getAnAbsentMessage(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        clients.messaging()
                .getChannelMessage(message -> message.channelArn(channel).chimeBearer(ada).messageId("absent"));
    }

    static void updateARedactedMessage(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        String id = clients.send(ada, channel, "a message");
        clients.messaging().redactChannelMessage(redact -> redact.channelArn(channel).chimeBearer(ada).messageId(id));
        clients.messaging()
                .updateChannelMessage(
                        update -> update.channelArn(channel).chimeBearer(ada).messageId(id).content("again"));
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
