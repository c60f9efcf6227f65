package bellframe.server.conformance;

import static bellframe.server.conformance.Output.messaging;

import bellframe.server.SdkClients;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchField;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldKey;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldOperator;

/// What the answers of the messaging service have.
final class MessagingOutputs {

    private static final Processor PROCESSOR = FlowScenarios.processor(1);

    private final Stage stage;
    private final SdkClients clients;
    private final ChimeSdkMessagingClient sdk;
    private final String admin;
    private final String member;
    private final String channel;
    /// A channel without a flow and without messages that are counted.
    private final String quiet;

    MessagingOutputs(Stage stage) {
        this.stage = stage;
        clients = stage.clients();
        sdk = clients.messaging();
        admin = stage.admin();
        member = stage.member();
        channel = stage.channel();
        // With one more member, so that a search for channels of exactly the other two does not find it.
        quiet = clients.channel(admin, member, clients.user("carl"));
    }

    /// One row for each operation, on what has everything that it can have.
    List<Output> full() {
        return Stream.of(channels(), memberships(), ofUsers(), moderatorsAndBans(), messages(), flows(), others())
                .flatMap(List::stream)
                .toList();
    }

    private List<Output> channels() {
        return List.of(
                messaging("CreateChannel", () -> sdk.createChannel(clients.newChannel(admin).build())),
                messaging("DescribeChannel",
                        () -> sdk.describeChannel(of -> of.channelArn(channel).chimeBearer(member)))
                        .without("Channel.ElasticChannelConfiguration")
                        .having("Channel.ChannelArn", channel)
                        .having("Channel.Name", "channel")
                        .having("Channel.Mode", "UNRESTRICTED")
                        .having("Channel.Privacy", "PRIVATE")
                        .having("Channel.Metadata", "channel data")
                        .having("Channel.CreatedBy.Arn", admin)
                        .having("Channel.CreatedBy.Name", "ada")
                        .having("Channel.ChannelFlowArn", stage.flow())
                        .having("Channel.ExpirationSettings.ExpirationDays", Stage.DAYS)
                        .having("Channel.ExpirationSettings.ExpirationCriterion", "LAST_MESSAGE_TIMESTAMP"),
                messaging("UpdateChannel",
                        () -> sdk.updateChannel(of -> of.channelArn(channel).chimeBearer(admin).name("channel")))
                        .having("ChannelArn", channel),
                messaging("DeleteChannel", () -> {
                    String gone = clients.channel(admin);
                    return sdk.deleteChannel(of -> of.channelArn(gone).chimeBearer(admin));
                }),
                messaging("ListChannels", () -> sdk.listChannels(list -> list.appInstanceArn(stage.appInstance())
                        .chimeBearer(stage.admin())
                        .privacy(ChannelPrivacy.PRIVATE)
                        .maxResults(1)))
                        .having("Channels.Name", "channel")
                        .having("Channels.Mode", "UNRESTRICTED")
                        .having("Channels.Privacy", "PRIVATE")
                        .having("Channels.Metadata", "channel data"),
                messaging("SearchChannels", () -> sdk.searchChannels(search -> search.chimeBearer(admin)
                        .maxResults(1)
                        .fields(members(SearchFieldOperator.EQUALS, admin, member))))
                        .having("Channels.Name", "channel")
                        .having("Channels.Metadata", "channel data"),
                messaging("PutChannelExpirationSettings",
                        () -> sdk.putChannelExpirationSettings(put -> put.channelArn(channel)
                                .chimeBearer(admin)
                                .expirationSettings(expire -> expire.expirationDays(Stage.DAYS)
                                        .expirationCriterion("LAST_MESSAGE_TIMESTAMP"))))
                        .having("ChannelArn", channel)
                        .having("ExpirationSettings.ExpirationDays", Stage.DAYS)
                        .having("ExpirationSettings.ExpirationCriterion", "LAST_MESSAGE_TIMESTAMP"));
    }

    private static SearchField members(SearchFieldOperator operator, String... users) {
        return SearchField.builder().key(SearchFieldKey.MEMBERS).operator(operator).values(users).build();
    }

    private List<Output> memberships() {
        return List.of(
                messaging("CreateChannelMembership", () -> {
                    String newcomer = clients.user("carol");
                    return sdk.createChannelMembership(create -> create.channelArn(channel)
                            .chimeBearer(admin)
                            .memberArn(newcomer)
                            .type(ChannelMembershipType.HIDDEN));
                }).without("SubChannelId").having("ChannelArn", channel).having("Member.Name", "carol"),
                messaging("BatchCreateChannelMembership", () -> {
                    String newcomer = clients.user("carol");
                    return sdk.batchCreateChannelMembership(create -> create.channelArn(channel)
                            .chimeBearer(admin)
                            .memberArns(newcomer, member)
                            .type(ChannelMembershipType.HIDDEN));
                }).without("BatchChannelMemberships.SubChannelId")
                        .having("BatchChannelMemberships.ChannelArn", channel)
                        .having("BatchChannelMemberships.InvitedBy.Arn", admin)
                        .having("BatchChannelMemberships.Type", "HIDDEN")
                        .having("BatchChannelMemberships.Members.Name", "carol")
                        .having("Errors.MemberArn", member)
                        .having("Errors.ErrorCode", "Conflict"),
                messaging("DescribeChannelMembership",
                        () -> sdk.describeChannelMembership(
                                of -> of.channelArn(channel).chimeBearer(member).memberArn(member)))
                        .without("ChannelMembership.SubChannelId")
                        .having("ChannelMembership.ChannelArn", channel)
                        .having("ChannelMembership.InvitedBy.Arn", admin)
                        .having("ChannelMembership.Member.Arn", member)
                        .having("ChannelMembership.Member.Name", "bob")
                        .having("ChannelMembership.Type", "DEFAULT"),
                messaging("ListChannelMemberships",
                        () -> sdk.listChannelMemberships(
                                list -> list.channelArn(channel).chimeBearer(member).maxResults(1)))
                        .having("ChannelArn", channel),
                messaging("DeleteChannelMembership", () -> {
                    String left = clients.channel(admin, member);
                    return sdk.deleteChannelMembership(
                            of -> of.channelArn(left).chimeBearer(member).memberArn(member));
                }),
                messaging("GetChannelMembershipPreferences",
                        () -> sdk.getChannelMembershipPreferences(
                                of -> of.channelArn(channel).chimeBearer(member).memberArn(member)))
                        .having("ChannelArn", channel)
                        .having("Member.Arn", member)
                        .having("Preferences.PushNotifications.AllowNotifications", "FILTERED")
                        .having("Preferences.PushNotifications.FilterRule", Stage.RULE),
                messaging("PutChannelMembershipPreferences",
                        () -> sdk.putChannelMembershipPreferences(put -> put.channelArn(channel)
                                .chimeBearer(admin)
                                .memberArn(admin)
                                .preferences(all -> all.pushNotifications(
                                        push -> push.allowNotifications("FILTERED").filterRule(Stage.RULE)))))
                        .having("ChannelArn", channel)
                        .having("Member.Arn", admin)
                        .having("Preferences.PushNotifications.AllowNotifications", "FILTERED")
                        .having("Preferences.PushNotifications.FilterRule", Stage.RULE),
                messaging("UpdateChannelReadMarker",
                        () -> sdk.updateChannelReadMarker(of -> of.channelArn(channel).chimeBearer(member)))
                        .having("ChannelArn", channel));
    }

    private List<Output> ofUsers() {
        return List.of(
                messaging("DescribeChannelMembershipForAppInstanceUser",
                        () -> sdk.describeChannelMembershipForAppInstanceUser(
                                of -> of.channelArn(channel).chimeBearer(member).appInstanceUserArn(member)))
                        .without("ChannelMembership.AppInstanceUserMembershipSummary.SubChannelId")
                        .having("ChannelMembership.ChannelSummary.ChannelArn", channel)
                        .having("ChannelMembership.ChannelSummary.Name", "channel")
                        .having("ChannelMembership.ChannelSummary.Metadata", "channel data")
                        .having("ChannelMembership.AppInstanceUserMembershipSummary.Type", "DEFAULT"),
                messaging("ListChannelMembershipsForAppInstanceUser", () -> {
                    String newcomer = clients.user("carol");
                    String one = Stage.channel(clients, admin, newcomer);
                    clients.send(newcomer, one, "a message");
                    sdk.updateChannelReadMarker(read -> read.channelArn(one).chimeBearer(newcomer));
                    return sdk.listChannelMembershipsForAppInstanceUser(list -> list.chimeBearer(newcomer));
                }).without("NextToken", "ChannelMemberships.AppInstanceUserMembershipSummary.SubChannelId")
                        .having("ChannelMemberships.ChannelSummary.Mode", "UNRESTRICTED")
                        .having("ChannelMemberships.ChannelSummary.Privacy", "PRIVATE")
                        .having("ChannelMemberships.AppInstanceUserMembershipSummary.Type", "DEFAULT"),
                messaging("DescribeChannelModeratedByAppInstanceUser",
                        () -> sdk.describeChannelModeratedByAppInstanceUser(
                                of -> of.channelArn(channel).chimeBearer(admin).appInstanceUserArn(admin)))
                        .having("Channel.ChannelSummary.ChannelArn", channel)
                        .having("Channel.ChannelSummary.Name", "channel")
                        .having("Channel.ChannelSummary.Metadata", "channel data"),
                messaging("ListChannelsModeratedByAppInstanceUser", () -> {
                    String moderator = Stage.member(clients, "carol");
                    String one = Stage.channel(clients, moderator, member);
                    clients.send(moderator, one, "a message");
                    return sdk.listChannelsModeratedByAppInstanceUser(list -> list.chimeBearer(moderator));
                }).without("NextToken").having("Channels.ChannelSummary.Name", "channel"));
    }

    private List<Output> moderatorsAndBans() {
        return List.of(
                messaging("CreateChannelModerator", () -> {
                    String moderator = clients.user("carol");
                    return sdk.createChannelModerator(
                            of -> of.channelArn(channel).chimeBearer(admin).channelModeratorArn(moderator));
                }).having("ChannelArn", channel).having("ChannelModerator.Name", "carol"),
                messaging("DescribeChannelModerator",
                        () -> sdk.describeChannelModerator(
                                of -> of.channelArn(channel).chimeBearer(admin).channelModeratorArn(admin)))
                        .having("ChannelModerator.ChannelArn", channel)
                        .having("ChannelModerator.Moderator.Arn", admin)
                        .having("ChannelModerator.Moderator.Name", "ada")
                        .having("ChannelModerator.CreatedBy.Arn", admin),
                messaging("ListChannelModerators",
                        () -> sdk.listChannelModerators(list -> list.channelArn(stage.talk()).chimeBearer(admin)))
                        .without("NextToken")
                        .having("ChannelArn", stage.talk())
                        .having("ChannelModerators.Moderator.Arn", admin),
                messaging("DeleteChannelModerator",
                        () -> sdk.deleteChannelModerator(
                                of -> of.channelArn(channel).chimeBearer(admin).channelModeratorArn(member))),
                messaging("CreateChannelBan", () -> {
                    String troll = clients.user("carol");
                    return sdk.createChannelBan(
                            of -> of.channelArn(stage.talk()).chimeBearer(admin).memberArn(troll));
                }).having("ChannelArn", stage.talk()).having("Member.Name", "carol"),
                messaging("DescribeChannelBan",
                        () -> sdk.describeChannelBan(
                                of -> of.channelArn(channel).chimeBearer(admin).memberArn(stage.banned())))
                        .having("ChannelBan.ChannelArn", channel)
                        .having("ChannelBan.Member.Arn", stage.banned())
                        .having("ChannelBan.Member.Name", "eve")
                        .having("ChannelBan.CreatedBy.Arn", admin),
                messaging("ListChannelBans",
                        () -> sdk.listChannelBans(list -> list.channelArn(channel).chimeBearer(admin)))
                        .without("NextToken")
                        .having("ChannelArn", channel)
                        .having("ChannelBans.Member.Arn", stage.banned()),
                messaging("DeleteChannelBan",
                        () -> sdk.deleteChannelBan(
                                of -> of.channelArn(channel).chimeBearer(admin).memberArn(member))));
    }

    private List<Output> messages() {
        String talk = stage.talk();
        String message = stage.message();
        return List.of(
                messaging("SendChannelMessage",
                        () -> sdk.sendChannelMessage(SdkClients.message(admin, quiet, "content").build()))
                        .without("SubChannelId", "Status.Detail")
                        .having("ChannelArn", quiet)
                        .having("Status.Value", "SENT"),
                messaging("GetChannelMessage",
                        () -> sdk.getChannelMessage(
                                of -> of.channelArn(talk).chimeBearer(member).messageId(message)))
                        .without("ChannelMessage.SubChannelId", "ChannelMessage.Status.Detail")
                        .having("ChannelMessage.ChannelArn", talk)
                        .having("ChannelMessage.MessageId", message)
                        .having("ChannelMessage.Content", "content")
                        .having("ChannelMessage.Metadata", "message data")
                        .having("ChannelMessage.ContentType", "text/plain")
                        .having("ChannelMessage.Type", "STANDARD")
                        .having("ChannelMessage.Persistence", "PERSISTENT")
                        .having("ChannelMessage.Redacted", false)
                        .having("ChannelMessage.Sender.Arn", admin)
                        .having("ChannelMessage.Sender.Name", "ada")
                        .having("ChannelMessage.Status.Value", "SENT")
                        .having("ChannelMessage.MessageAttributes.colour.StringValues", "red")
                        .having("ChannelMessage.Target.MemberArn", member),
                messaging("GetChannelMessageStatus",
                        () -> sdk.getChannelMessageStatus(
                                of -> of.channelArn(talk).chimeBearer(admin).messageId(message)))
                        .without("Status.Detail")
                        .having("Status.Value", "SENT"),
                messaging("ListChannelMessages",
                        () -> sdk.listChannelMessages(list -> list.channelArn(talk).chimeBearer(member)))
                        .without("NextToken", "SubChannelId", "ChannelMessages.Status.Detail")
                        .having("ChannelArn", talk)
                        .having("ChannelMessages.MessageId", message)
                        .having("ChannelMessages.Content", "content")
                        .having("ChannelMessages.Metadata", "message data")
                        .having("ChannelMessages.ContentType", "text/plain")
                        .having("ChannelMessages.Redacted", false)
                        .having("ChannelMessages.MessageAttributes.colour.StringValues", "red")
                        .having("ChannelMessages.Target.MemberArn", member),
                messaging("UpdateChannelMessage",
                        () -> sdk.updateChannelMessage(
                                of -> of.channelArn(talk).chimeBearer(admin).messageId(message).content("content")))
                        .without("SubChannelId", "Status.Detail")
                        .having("ChannelArn", talk)
                        .having("MessageId", message)
                        .having("Status.Value", "SENT"),
                messaging("RedactChannelMessage", () -> {
                    String redacted = clients.send(member, quiet, "redacted");
                    return sdk.redactChannelMessage(
                            of -> of.channelArn(quiet).chimeBearer(member).messageId(redacted));
                }).without("SubChannelId").having("ChannelArn", quiet),
                messaging("DeleteChannelMessage", () -> {
                    String deleted = clients.send(member, quiet, "deleted");
                    return sdk.deleteChannelMessage(
                            of -> of.channelArn(quiet).chimeBearer(admin).messageId(deleted));
                }));
    }

    private List<Output> flows() {
        return List.of(
                messaging("CreateChannelFlow", () -> sdk.createChannelFlow(
                        create -> create.appInstanceArn(clients.otherAppInstance())
                                .name("flow")
                                .processors(PROCESSOR))),
                withProcessor("ChannelFlow.", messaging("DescribeChannelFlow",
                        () -> sdk.describeChannelFlow(of -> of.channelFlowArn(stage.flow()))))
                        .having("ChannelFlow.ChannelFlowArn", stage.flow())
                        .having("ChannelFlow.Name", "flow"),
                withProcessor("ChannelFlows.", messaging("ListChannelFlows",
                        () -> sdk.listChannelFlows(list -> list.appInstanceArn(stage.appInstance()).maxResults(1)))),
                messaging("UpdateChannelFlow", () -> sdk.updateChannelFlow(
                        of -> of.channelFlowArn(stage.flow()).name("flow").processors(PROCESSOR)))
                        .having("ChannelFlowArn", stage.flow()),
                messaging("DeleteChannelFlow", () -> {
                    String gone = FlowScenarios.createFlow(clients, FlowScenarios.token(), "gone");
                    return sdk.deleteChannelFlow(of -> of.channelFlowArn(gone));
                }),
                messaging("ListChannelsAssociatedWithChannelFlow",
                        () -> sdk.listChannelsAssociatedWithChannelFlow(list -> list.channelFlowArn(stage.flow())))
                        .without("NextToken")
                        .having("Channels.ChannelArn", channel)
                        .having("Channels.Name", "channel")
                        .having("Channels.Mode", "UNRESTRICTED")
                        .having("Channels.Privacy", "PRIVATE")
                        .having("Channels.Metadata", "channel data"),
                messaging("AssociateChannelFlow",
                        () -> sdk.associateChannelFlow(
                                of -> of.channelArn(channel).chimeBearer(admin).channelFlowArn(stage.flow()))),
                messaging("DisassociateChannelFlow", () -> {
                    String flow = FlowScenarios.createFlow(clients, FlowScenarios.token(), "another flow");
                    FlowScenarios.associate(clients, admin, stage.talk(), flow);
                    return sdk.disassociateChannelFlow(
                            of -> of.channelArn(stage.talk()).chimeBearer(admin).channelFlowArn(flow));
                }));
    }

    private static Output withProcessor(String prefix, Output flow) {
        return flow.having(prefix + "Processors.Name", PROCESSOR.name())
                .having(prefix + "Processors.Configuration.Lambda.ResourceArn", Stage.LAMBDA)
                .having(prefix + "Processors.Configuration.Lambda.InvocationType", "ASYNC")
                .having(prefix + "Processors.ExecutionOrder", 1)
                .having(prefix + "Processors.FallbackAction", "CONTINUE");
    }

    private List<Output> others() {
        return List.of(
                messaging("GetMessagingSessionEndpoint", () -> sdk.getMessagingSessionEndpoint(_ -> {
                })),
                messaging("PutMessagingStreamingConfigurations", () -> sdk.putMessagingStreamingConfigurations(
                        put -> put.appInstanceArn(stage.appInstance()).streamingConfigurations(Stage.STREAMS))),
                messaging("GetMessagingStreamingConfigurations", () -> sdk.getMessagingStreamingConfigurations(
                        get -> get.appInstanceArn(stage.appInstance()))),
                messaging("DeleteMessagingStreamingConfigurations", () -> sdk.deleteMessagingStreamingConfigurations(
                        delete -> delete.appInstanceArn(clients.otherAppInstance()))),
                messaging("TagResource", () -> sdk.tagResource(
                        of -> of.resourceARN(channel).tags(Stage.TAG))),
                messaging("UntagResource", () -> sdk.untagResource(of -> of.resourceARN(channel).tagKeys("absent"))),
                messaging("ListTagsForResource", () -> sdk.listTagsForResource(of -> of.resourceARN(channel)))
                        .having("Tags.Key", "k")
                        .having("Tags.Value", "v"));
    }

    /// Answers about what has nothing that it need not have.
    List<Output> bare() {
        String bare = clients.channel(admin);
        String outsider = clients.user("dora");
        return List.of(
                messaging("DescribeChannel", () -> sdk.describeChannel(of -> of.channelArn(bare).chimeBearer(admin)))
                        .about("without anything")
                        .without("Channel.Metadata", "Channel.LastMessageTimestamp", "Channel.ChannelFlowArn",
                                "Channel.ElasticChannelConfiguration", "Channel.ExpirationSettings")
                        .having("Channel.Mode", "RESTRICTED")
                        .having("Channel.Privacy", "PUBLIC"),
                messaging("DescribeChannelMembershipForAppInstanceUser",
                        () -> sdk.describeChannelMembershipForAppInstanceUser(
                                of -> of.channelArn(bare).chimeBearer(admin).appInstanceUserArn(admin)))
                        .about("who read nothing")
                        .without("ChannelMembership.ChannelSummary.Metadata",
                                "ChannelMembership.ChannelSummary.LastMessageTimestamp",
                                "ChannelMembership.AppInstanceUserMembershipSummary.ReadMarkerTimestamp",
                                "ChannelMembership.AppInstanceUserMembershipSummary.SubChannelId"),
                messaging("GetChannelMembershipPreferences",
                        () -> sdk.getChannelMembershipPreferences(
                                of -> of.channelArn(bare).chimeBearer(admin).memberArn(admin)))
                        .about("that were never set")
                        .without("Preferences.PushNotifications.FilterRule")
                        .having("Preferences.PushNotifications.AllowNotifications", "ALL"),
                messaging("PutChannelExpirationSettings",
                        () -> sdk.putChannelExpirationSettings(put -> put.channelArn(bare).chimeBearer(admin)))
                        .about("to nothing")
                        .without("ExpirationSettings"),
                messaging("BatchCreateChannelMembership",
                        () -> sdk.batchCreateChannelMembership(
                                create -> create.channelArn(bare).chimeBearer(admin).memberArns(outsider)))
                        .about("without errors")
                        .without("Errors[]", "BatchChannelMemberships.SubChannelId")
                        .having("BatchChannelMemberships.Type", "DEFAULT"));
    }

    /// Lists that are empty, which must be there.
    List<Output> empty() {
        String other = clients.otherAppInstance();
        String stranger = clients.userOf(other, "stranger");
        String outsider = clients.user("dora");
        String quiet = clients.channel(admin);
        String unused = FlowScenarios.createFlow(clients, FlowScenarios.token(), "unused");
        sdk.deleteChannelModerator(of -> of.channelArn(quiet).chimeBearer(admin).channelModeratorArn(admin));
        return Stream.of(
                messaging("ListChannels",
                        () -> sdk.listChannels(list -> list.appInstanceArn(other).chimeBearer(stranger)))
                        .without("NextToken", "Channels[]"),
                messaging("SearchChannels", () -> sdk.searchChannels(search -> search.chimeBearer(outsider)
                        .fields(members(SearchFieldOperator.INCLUDES, outsider))))
                        .without("NextToken", "Channels[]"),
                messaging("ListChannelMemberships",
                        () -> sdk.listChannelMemberships(list -> list.channelArn(quiet)
                                .chimeBearer(admin)
                                .type(ChannelMembershipType.HIDDEN)))
                        .without("NextToken", "ChannelMemberships[]"),
                messaging("ListChannelMembershipsForAppInstanceUser",
                        () -> sdk.listChannelMembershipsForAppInstanceUser(list -> list.chimeBearer(outsider)))
                        .without("NextToken", "ChannelMemberships[]"),
                messaging("ListChannelsModeratedByAppInstanceUser",
                        () -> sdk.listChannelsModeratedByAppInstanceUser(list -> list.chimeBearer(outsider)))
                        .without("NextToken", "Channels[]"),
                messaging("ListChannelModerators",
                        () -> sdk.listChannelModerators(list -> list.channelArn(quiet).chimeBearer(admin)))
                        .without("NextToken", "ChannelModerators[]"),
                messaging("ListChannelBans",
                        () -> sdk.listChannelBans(list -> list.channelArn(quiet).chimeBearer(admin)))
                        .without("NextToken", "ChannelBans[]"),
                messaging("ListChannelMessages",
                        () -> sdk.listChannelMessages(list -> list.channelArn(quiet).chimeBearer(admin)))
                        .without("NextToken", "SubChannelId", "ChannelMessages[]"),
                messaging("ListChannelFlows", () -> sdk.listChannelFlows(list -> list.appInstanceArn(other)))
                        .without("NextToken", "ChannelFlows[]"),
                messaging("ListChannelsAssociatedWithChannelFlow",
                        () -> sdk.listChannelsAssociatedWithChannelFlow(list -> list.channelFlowArn(unused)))
                        .without("NextToken", "Channels[]"),
                messaging("ListTagsForResource", () -> sdk.listTagsForResource(of -> of.resourceARN(outsider)))
                        .without("Tags[]"))
                .map(row -> row.about("that is empty"))
                .toList();
    }
}
