package bellframe.server.conformance;

import static bellframe.server.conformance.Output.identity;

import bellframe.server.SdkClients;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;

/// What the answers of the identity service have.
final class IdentityOutputs {

    private final Stage stage;
    private final SdkClients clients;
    private final ChimeSdkIdentityClient sdk;
    private final String appInstance;
    private final String admin;
    private final String member;

    IdentityOutputs(Stage stage) {
        this.stage = stage;
        clients = stage.clients();
        sdk = clients.identity();
        appInstance = stage.appInstance();
        admin = stage.admin();
        member = stage.member();
    }

    /// One row for each operation, on what has everything that it can have.
    List<Output> full() {
        return Stream.of(appInstances(), users(), admins(), bots(), endpoints(), tags()).flatMap(List::stream).toList();
    }

    private List<Output> appInstances() {
        return List.of(
                identity("CreateAppInstance", () -> sdk.createAppInstance(create -> create.name("app"))),
                identity("DescribeAppInstance", () -> sdk.describeAppInstance(of -> of.appInstanceArn(appInstance)))
                        .having("AppInstance.AppInstanceArn", appInstance)
                        .having("AppInstance.Name", "app")
                        .having("AppInstance.Metadata", "app data"),
                identity("ListAppInstances", () -> sdk.listAppInstances(_ -> {
                })).without("NextToken", "AppInstances.Metadata").about("of which some have no metadata"),
                identity("UpdateAppInstance",
                        () -> sdk.updateAppInstance(
                                of -> of.appInstanceArn(appInstance).name("app").metadata("app data")))
                        .having("AppInstanceArn", appInstance),
                identity("DeleteAppInstance",
                        () -> sdk.deleteAppInstance(of -> of.appInstanceArn(clients.otherAppInstance()))),
                identity("PutAppInstanceRetentionSettings",
                        () -> sdk.putAppInstanceRetentionSettings(put -> put.appInstanceArn(appInstance)
                                .appInstanceRetentionSettings(all -> all.channelRetentionSettings(
                                        channels -> channels.retentionDays(Stage.DAYS)))))
                        .having("AppInstanceRetentionSettings.ChannelRetentionSettings.RetentionDays", Stage.DAYS),
                identity("GetAppInstanceRetentionSettings",
                        () -> sdk.getAppInstanceRetentionSettings(of -> of.appInstanceArn(appInstance)))
                        .having("AppInstanceRetentionSettings.ChannelRetentionSettings.RetentionDays", Stage.DAYS));
    }

    private List<Output> users() {
        return List.of(
                identity("CreateAppInstanceUser",
                        () -> sdk.createAppInstanceUser(
                                create -> create.appInstanceArn(appInstance).appInstanceUserId("frank").name("frank")))
                        .having("AppInstanceUserArn", appInstance + "/user/frank"),
                identity("DescribeAppInstanceUser",
                        () -> sdk.describeAppInstanceUser(of -> of.appInstanceUserArn(member)))
                        .having("AppInstanceUser.AppInstanceUserArn", member)
                        .having("AppInstanceUser.Name", "bob")
                        .having("AppInstanceUser.Metadata", "user data")
                        .having("AppInstanceUser.ExpirationSettings.ExpirationDays", Stage.DAYS)
                        .having("AppInstanceUser.ExpirationSettings.ExpirationCriterion", "CREATED_TIMESTAMP"),
                identity("ListAppInstanceUsers", () -> {
                    String other = clients.otherAppInstance();
                    sdk.createAppInstanceUser(create -> create.appInstanceArn(other)
                            .appInstanceUserId("one")
                            .name("one")
                            .metadata("user data"));
                    return sdk.listAppInstanceUsers(list -> list.appInstanceArn(other));
                }).without("NextToken")
                        .having("AppInstanceUsers.Name", "one")
                        .having("AppInstanceUsers.Metadata", "user data"),
                identity("UpdateAppInstanceUser",
                        () -> sdk.updateAppInstanceUser(
                                of -> of.appInstanceUserArn(member).name("bob").metadata("user data")))
                        .having("AppInstanceUserArn", member),
                identity("PutAppInstanceUserExpirationSettings",
                        () -> sdk.putAppInstanceUserExpirationSettings(put -> put.appInstanceUserArn(member)
                                .expirationSettings(expire -> expire.expirationDays(Stage.DAYS)
                                        .expirationCriterion("CREATED_TIMESTAMP"))))
                        .having("AppInstanceUserArn", member)
                        .having("ExpirationSettings.ExpirationDays", Stage.DAYS)
                        .having("ExpirationSettings.ExpirationCriterion", "CREATED_TIMESTAMP"),
                identity("DeleteAppInstanceUser",
                        () -> sdk.deleteAppInstanceUser(of -> of.appInstanceUserArn(clients.user("gone")))));
    }

    private List<Output> admins() {
        return List.of(
                identity("CreateAppInstanceAdmin", () -> {
                    String user = clients.user("grace");
                    return sdk.createAppInstanceAdmin(
                            create -> create.appInstanceArn(appInstance).appInstanceAdminArn(user));
                }).having("AppInstanceArn", appInstance).having("AppInstanceAdmin.Name", "grace"),
                identity("DescribeAppInstanceAdmin",
                        () -> sdk.describeAppInstanceAdmin(
                                of -> of.appInstanceArn(appInstance).appInstanceAdminArn(admin)))
                        .having("AppInstanceAdmin.Admin.Arn", admin)
                        .having("AppInstanceAdmin.Admin.Name", "ada")
                        .having("AppInstanceAdmin.AppInstanceArn", appInstance),
                identity("ListAppInstanceAdmins", () -> {
                    clients.admin("grace");
                    return sdk.listAppInstanceAdmins(list -> list.appInstanceArn(appInstance).maxResults(1));
                }).having("AppInstanceArn", appInstance),
                identity("DeleteAppInstanceAdmin", () -> {
                    String demoted = clients.admin("grace");
                    return sdk.deleteAppInstanceAdmin(
                            of -> of.appInstanceArn(appInstance).appInstanceAdminArn(demoted));
                }));
    }

    private List<Output> bots() {
        String lex = "AppInstanceBot.Configuration.Lex.";
        return List.of(
                identity("CreateAppInstanceBot",
                        () -> sdk.createAppInstanceBot(
                                create -> create.appInstanceArn(clients.otherAppInstance())
                                        .configuration(IdentityScenarios.LEX))),
                identity("DescribeAppInstanceBot",
                        () -> sdk.describeAppInstanceBot(of -> of.appInstanceBotArn(stage.bot())))
                        .having("AppInstanceBot.AppInstanceBotArn", stage.bot())
                        .having("AppInstanceBot.Name", "bot")
                        .having("AppInstanceBot.Metadata", "bot data")
                        .having(lex + "LexBotAliasArn", IdentityScenarios.LEX.lex().lexBotAliasArn())
                        .having(lex + "LocaleId", "en_US")
                        .having(lex + "WelcomeIntent", "Welcome")
                        .having(lex + "RespondsTo", "STANDARD_MESSAGES")
                        .having(lex + "InvokedBy.StandardMessages", "MENTIONS")
                        .having(lex + "InvokedBy.TargetedMessages", "ALL"),
                identity("ListAppInstanceBots",
                        () -> sdk.listAppInstanceBots(list -> list.appInstanceArn(appInstance)))
                        .without("NextToken")
                        .having("AppInstanceArn", appInstance)
                        .having("AppInstanceBots.AppInstanceBotArn", stage.bot())
                        .having("AppInstanceBots.Name", "bot")
                        .having("AppInstanceBots.Metadata", "bot data"),
                identity("UpdateAppInstanceBot",
                        () -> sdk.updateAppInstanceBot(
                                of -> of.appInstanceBotArn(stage.bot()).name("bot").metadata("bot data")))
                        .having("AppInstanceBotArn", stage.bot()),
                identity("DeleteAppInstanceBot", () -> {
                    String gone = sdk.createAppInstanceBot(create -> create.appInstanceArn(clients.otherAppInstance())
                            .configuration(IdentityScenarios.LEX)).appInstanceBotArn();
                    return sdk.deleteAppInstanceBot(of -> of.appInstanceBotArn(gone));
                }));
    }

    private List<Output> endpoints() {
        String endpoint = stage.endpoint();
        return List.of(
                identity("RegisterAppInstanceUserEndpoint",
                        () -> sdk.registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(admin)
                                .type("GCM")
                                .resourceArn(IdentityScenarios.PINPOINT)
                                .endpointAttributes(attributes -> attributes.deviceToken("token"))))
                        .having("AppInstanceUserArn", admin),
                identity("DescribeAppInstanceUserEndpoint",
                        () -> sdk.describeAppInstanceUserEndpoint(
                                of -> of.appInstanceUserArn(member).endpointId(endpoint)))
                        .without("AppInstanceUserEndpoint.EndpointState.StatusReason")
                        .having("AppInstanceUserEndpoint.AppInstanceUserArn", member)
                        .having("AppInstanceUserEndpoint.EndpointId", endpoint)
                        .having("AppInstanceUserEndpoint.Name", "device")
                        .having("AppInstanceUserEndpoint.Type", "APNS")
                        .having("AppInstanceUserEndpoint.ResourceArn", IdentityScenarios.PINPOINT)
                        .having("AppInstanceUserEndpoint.EndpointAttributes.DeviceToken", "token")
                        .having("AppInstanceUserEndpoint.EndpointAttributes.VoipDeviceToken", "voip token")
                        .having("AppInstanceUserEndpoint.AllowMessages", "NONE")
                        .having("AppInstanceUserEndpoint.EndpointState.Status", "ACTIVE"),
                identity("ListAppInstanceUserEndpoints",
                        () -> sdk.listAppInstanceUserEndpoints(list -> list.appInstanceUserArn(member)))
                        .without("NextToken", "AppInstanceUserEndpoints.EndpointState.StatusReason")
                        .having("AppInstanceUserEndpoints.AppInstanceUserArn", member)
                        .having("AppInstanceUserEndpoints.EndpointId", endpoint)
                        .having("AppInstanceUserEndpoints.Name", "device")
                        .having("AppInstanceUserEndpoints.Type", "APNS")
                        .having("AppInstanceUserEndpoints.AllowMessages", "NONE"),
                identity("UpdateAppInstanceUserEndpoint",
                        () -> sdk.updateAppInstanceUserEndpoint(
                                of -> of.appInstanceUserArn(member).endpointId(endpoint).name("device")))
                        .having("AppInstanceUserArn", member)
                        .having("EndpointId", endpoint),
                identity("DeregisterAppInstanceUserEndpoint", () -> {
                    String user = clients.user("heidi");
                    String gone = Stage.endpoint(clients, user);
                    return sdk.deregisterAppInstanceUserEndpoint(
                            of -> of.appInstanceUserArn(user).endpointId(gone));
                }));
    }

    private List<Output> tags() {
        return List.of(
                identity("TagResource", () -> sdk.tagResource(
                        of -> of.resourceARN(member).tags(IdentityScenarios.TAG))),
                identity("UntagResource", () -> sdk.untagResource(of -> of.resourceARN(member).tagKeys("absent"))),
                identity("ListTagsForResource", () -> sdk.listTagsForResource(of -> of.resourceARN(member)))
                        .having("Tags.Key", "k")
                        .having("Tags.Value", "v"));
    }

    /// Answers about what has nothing that it need not have.
    List<Output> bare() {
        String other = clients.otherAppInstance();
        String bareUser = clients.user("ivan");
        String bareBot = sdk.createAppInstanceBot(
                create -> create.appInstanceArn(other).configuration(IdentityScenarios.LEX)).appInstanceBotArn();
        String bareEndpoint = IdentityScenarios.register(clients, bareUser, "a device");
        return List.of(
                identity("DescribeAppInstance", () -> sdk.describeAppInstance(of -> of.appInstanceArn(other)))
                        .about("without anything")
                        .without("AppInstance.Metadata"),
                identity("DescribeAppInstanceUser",
                        () -> sdk.describeAppInstanceUser(of -> of.appInstanceUserArn(bareUser)))
                        .about("without anything")
                        .without("AppInstanceUser.Metadata", "AppInstanceUser.ExpirationSettings"),
                identity("PutAppInstanceUserExpirationSettings",
                        () -> sdk.putAppInstanceUserExpirationSettings(put -> put.appInstanceUserArn(bareUser)))
                        .about("to nothing")
                        .without("ExpirationSettings"),
                identity("DescribeAppInstanceBot",
                        () -> sdk.describeAppInstanceBot(of -> of.appInstanceBotArn(bareBot)))
                        .about("without anything")
                        .without("AppInstanceBot.Name", "AppInstanceBot.Metadata",
                                "AppInstanceBot.Configuration.Lex.RespondsTo",
                                "AppInstanceBot.Configuration.Lex.WelcomeIntent")
                        .having("AppInstanceBot.Configuration.Lex.InvokedBy.StandardMessages", "AUTO")
                        .having("AppInstanceBot.Configuration.Lex.InvokedBy.TargetedMessages", "ALL"),
                identity("DescribeAppInstanceUserEndpoint",
                        () -> sdk.describeAppInstanceUserEndpoint(
                                of -> of.appInstanceUserArn(bareUser).endpointId(bareEndpoint)))
                        .about("without anything")
                        .without("AppInstanceUserEndpoint.Name",
                                "AppInstanceUserEndpoint.EndpointAttributes.VoipDeviceToken",
                                "AppInstanceUserEndpoint.EndpointState.StatusReason")
                        .having("AppInstanceUserEndpoint.AllowMessages", "ALL"),
                identity("GetAppInstanceRetentionSettings",
                        () -> sdk.getAppInstanceRetentionSettings(of -> of.appInstanceArn(other)))
                        .about("that were never set")
                        .without("AppInstanceRetentionSettings.ChannelRetentionSettings",
                                "InitiateDeletionTimestamp"));
    }

    /// Lists that are empty, which must be there.
    List<Output> empty() {
        String other = clients.otherAppInstance();
        String bareUser = clients.user("judy");
        return Stream.of(
                identity("ListAppInstanceUsers", () -> sdk.listAppInstanceUsers(list -> list.appInstanceArn(other)))
                        .without("NextToken", "AppInstanceUsers[]"),
                identity("ListAppInstanceAdmins", () -> sdk.listAppInstanceAdmins(list -> list.appInstanceArn(other)))
                        .without("NextToken", "AppInstanceAdmins[]"),
                identity("ListAppInstanceBots", () -> sdk.listAppInstanceBots(list -> list.appInstanceArn(other)))
                        .without("NextToken", "AppInstanceBots[]"),
                identity("ListAppInstanceUserEndpoints",
                        () -> sdk.listAppInstanceUserEndpoints(list -> list.appInstanceUserArn(bareUser)))
                        .without("NextToken", "AppInstanceUserEndpoints[]"),
                identity("ListTagsForResource", () -> sdk.listTagsForResource(of -> of.resourceARN(bareUser)))
                        .without("Tags[]"))
                .map(row -> row.about("that is empty"))
                .toList();
    }
}
