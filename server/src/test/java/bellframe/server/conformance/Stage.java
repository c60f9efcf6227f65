package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.chimesdkmessaging.model.AllowNotifications;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;
import software.amazon.awssdk.services.chimesdkmessaging.model.Tag;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Something of every kind, with everything that it can have.
///
/// @param member of the channel, with an expiration, an endpoint, preferences and a read marker
/// @param banned from the channel
/// @param channel moderated by the admin, with an ordinary message
/// @param talk a channel of the admin's with one message, which only the member sees beside the admin
/// @param message in the talk, edited
/// @param flow of the channel
/// @param endpoint of the member
record Stage(
        SdkClients clients,
        String appInstance,
        String admin,
        String member,
        String banned,
        String channel,
        String talk,
        String message,
        String flow,
        String bot,
        String endpoint) {

    static final Tag TAG = Tag.builder().key("k").value("v").build();
    static final String RULE = "{\"colour\":[\"red\"]}";
    static final String LAMBDA = FlowScenarios.processor(1).configuration().lambda().resourceArn();
    static final List<StreamingConfiguration> STREAMS = List.of(stream(MessagingDataType.CHANNEL),
            stream(MessagingDataType.CHANNEL_MESSAGE));
    static final int DAYS = 7;

    static Stage set(SdkClients clients) {
        String appInstance = clients.appInstance();
        clients.identity()
                .updateAppInstance(update -> update.appInstanceArn(appInstance).name("app").metadata("app data"));
        String admin = clients.admin("ada");
        String member = member(clients, "bob");
        String banned = clients.user("eve");
        String channel = channel(clients, admin, member);
        String flow = FlowScenarios.createFlow(clients, FlowScenarios.token(), "flow");
        FlowScenarios.createFlow(clients, FlowScenarios.token(), "another flow");
        FlowScenarios.associate(clients, admin, channel, flow);
        Scenarios.ban(clients, admin, channel, banned);
        String talk = channel(clients, admin, member);
        var stage = new Stage(clients, appInstance, admin, member, banned, channel, talk,
                message(clients, admin, talk, member), flow, bot(clients), endpoint(clients, member));
        stage.putWhatStandsBeside();
        return stage;
    }

    /// A user with everything that a user can have.
    static String member(SdkClients clients, String name) {
        String id = FlowScenarios.token();
        return clients.identity()
                .createAppInstanceUser(user -> user.appInstanceArn(clients.appInstance())
                        .appInstanceUserId(id)
                        .name(name)
                        .metadata("user data")
                        .tags(IdentityScenarios.TAG)
                        .expirationSettings(
                                expire -> expire.expirationDays(DAYS).expirationCriterion("CREATED_TIMESTAMP")))
                .appInstanceUserArn();
    }

    /// A channel with everything that the creation of a channel can give it.
    static String channel(SdkClients clients, String admin, String member) {
        return clients.messaging()
                .createChannel(clients.newChannel(admin)
                        .name("channel")
                        .mode(ChannelMode.UNRESTRICTED)
                        .privacy(ChannelPrivacy.PRIVATE)
                        .metadata("channel data")
                        .memberArns(member)
                        .tags(TAG)
                        .expirationSettings(
                                expire -> expire.expirationDays(DAYS).expirationCriterion("LAST_MESSAGE_TIMESTAMP"))
                        .build())
                .channelArn();
    }

    private static String message(SdkClients clients, String sender, String channel, String target) {
        String id = clients.messaging()
                .sendChannelMessage(SdkClients.message(sender, channel, "before")
                        .metadata("message data")
                        .contentType("text/plain")
                        .messageAttributes(
                                Map.of("colour", MessageAttributeValue.builder().stringValues("red").build()))
                        .target(Target.builder().memberArn(target).build())
                        .build())
                .messageId();
        clients.messaging()
                .updateChannelMessage(
                        edit -> edit.channelArn(channel).chimeBearer(sender).messageId(id).content("content"));
        return id;
    }

    private static String bot(SdkClients clients) {
        return clients.identity()
                .createAppInstanceBot(bot -> bot.appInstanceArn(clients.appInstance())
                        .name("bot")
                        .metadata("bot data")
                        .configuration(configuration -> configuration.lex(
                                IdentityScenarios.LEX.lex()
                                        .toBuilder()
                                        .respondsTo("STANDARD_MESSAGES")
                                        .invokedBy(by -> by.standardMessages("MENTIONS").targetedMessages("ALL"))
                                        .welcomeIntent("Welcome")
                                        .build())))
                .appInstanceBotArn();
    }

    /// A device with everything that a device can have.
    static String endpoint(SdkClients clients, String user) {
        return clients.identity()
                .registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(user)
                        .name("device")
                        .type("APNS")
                        .resourceArn(IdentityScenarios.PINPOINT)
                        .endpointAttributes(attributes -> attributes.deviceToken("token").voipDeviceToken("voip token"))
                        .allowMessages("NONE"))
                .endpointId();
    }

    private void putWhatStandsBeside() {
        clients.send(admin, channel, "an ordinary message");
        clients.messaging().updateChannelReadMarker(read -> read.channelArn(channel).chimeBearer(member));
        clients.messaging()
                .putChannelMembershipPreferences(put -> put.channelArn(channel)
                        .chimeBearer(member)
                        .memberArn(member)
                        .preferences(all -> all.pushNotifications(
                                push -> push.allowNotifications(AllowNotifications.FILTERED).filterRule(RULE))));
        clients.messaging()
                .putMessagingStreamingConfigurations(
                        put -> put.appInstanceArn(appInstance).streamingConfigurations(STREAMS));
        clients.identity()
                .putAppInstanceRetentionSettings(put -> put.appInstanceArn(appInstance)
                        .appInstanceRetentionSettings(
                                all -> all.channelRetentionSettings(channels -> channels.retentionDays(DAYS))));
    }

    private static StreamingConfiguration stream(MessagingDataType type) {
        return IdentityScenarios.STREAM.toBuilder().dataType(type).build();
    }
}
