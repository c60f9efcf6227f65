package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.UUID;

/// Calls that end in an error because of what was done before; each is named after its last step.
final class Scenarios {

    private Scenarios() {
    }

    static void promoteNobody(SdkClients clients) {
        promote(clients, clients.appInstance() + "/user/nobody");
    }

    static void promoteAnAdmin(SdkClients clients) {
        promote(clients, clients.admin("ada"));
    }

    static void promoteAUser(SdkClients clients) {
        promote(clients, clients.user("ada"));
    }

    private static void promote(SdkClients clients, String user) {
        clients.identity()
                .createAppInstanceAdmin(
                        admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user));
    }

    static void createAnAppInstance(SdkClients clients) {
        clients.otherAppInstance();
    }

    static void createAnotherAppInstanceWithOneToken(SdkClients clients) {
        String token = token();
        clients.identity().createAppInstance(app -> app.name("one").clientRequestToken(token));
        clients.identity().createAppInstance(app -> app.name("another").clientRequestToken(token));
    }

    static void createAnotherUserWithOneId(SdkClients clients) {
        String id = token();
        createUser(clients, id, "one");
        createUser(clients, id, "another");
    }

    private static void createUser(SdkClients clients, String id, String name) {
        clients.identity()
                .createAppInstanceUser(
                        user -> user.appInstanceArn(clients.appInstance()).appInstanceUserId(id).name(name));
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
