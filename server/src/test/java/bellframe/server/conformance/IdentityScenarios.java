package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.UUID;
import software.amazon.awssdk.services.chimesdkidentity.model.Configuration;
import software.amazon.awssdk.services.chimesdkidentity.model.Tag;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;

/// Calls about app instances, and who and what is in them, that end in an error because of what was done before; each is
/// named after its last step.
final class IdentityScenarios {

    static final Configuration LEX = Configuration.builder()
            .lex(lex -> lex.lexBotAliasArn("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHI1/ABCDEFGHI2")
                    .localeId("en_US"))
            .build();

    static final Tag TAG = Tag.builder().key("k").value("v").build();
    static final String PINPOINT = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/app";

    static final StreamingConfiguration STREAM = StreamingConfiguration.builder()
            .dataType(MessagingDataType.CHANNEL)
            .resourceArn("arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events")
            .build();

    private IdentityScenarios() {
    }

    static void promoteNobody(SdkClients clients) {
        promote(clients, clients.appInstance() + "/user/nobody");
    }

    static void promoteAnAdmin(SdkClients clients) {
        promote(clients, clients.admin("ada"));
    }

    static void promote(SdkClients clients, String user) {
        clients.identity()
                .createAppInstanceAdmin(
                        admin -> admin.appInstanceArn(clients.appInstance()).appInstanceAdminArn(user));
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

    static void createAnotherBotWithOneToken(SdkClients clients) {
        String token = token();
        createBot(clients, token, "one");
        createBot(clients, token, "another");
    }

    /// Creates a bot.
    ///
    /// @return its ARN
    static String createBot(SdkClients clients, String token, String name) {
        return clients.identity()
                .createAppInstanceBot(bot -> bot.appInstanceArn(clients.appInstance())
                        .name(name)
                        .configuration(LEX)
                        .clientRequestToken(token))
                .appInstanceBotArn();
    }

    static void createABotWithMetadata(SdkClients clients, String metadata) {
        clients.identity()
                .createAppInstanceBot(bot -> bot.appInstanceArn(clients.appInstance())
                        .metadata(metadata)
                        .configuration(LEX));
    }

    static void describeAnAbsentBot(SdkClients clients) {
        clients.identity()
                .describeAppInstanceBot(bot -> bot.appInstanceBotArn(clients.appInstance() + "/bot/none"));
    }

    static void registerADeviceTwice(SdkClients clients) {
        String user = clients.user("ada");
        register(clients, user, "a device");
        register(clients, user, "a device");
    }

    /// Registers a device.
    ///
    /// @return the endpoint's id
    static String register(SdkClients clients, String user, String deviceToken) {
        return clients.identity()
                .registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(user)
                        .type("GCM")
                        .resourceArn(PINPOINT)
                        .endpointAttributes(attributes -> attributes.deviceToken(deviceToken))
                        .clientRequestToken(token()))
                .endpointId();
    }

    static void getStreamsThatWereNeverSet(SdkClients clients) {
        clients.messaging()
                .getMessagingStreamingConfigurations(get -> get.appInstanceArn(clients.appInstance()));
    }

    static void putStreamsOfAnAbsentAppInstance(SdkClients clients) {
        putStreams(clients, clients.appInstance() + "0");
    }

    static void putStreams(SdkClients clients, String appInstance) {
        clients.messaging()
                .putMessagingStreamingConfigurations(
                        put -> put.appInstanceArn(appInstance).streamingConfigurations(STREAM));
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
