package bellframe.server.rules;

import bellframe.server.SdkClients;
import java.util.List;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchField;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldKey;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchFieldOperator;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// The role matrix of the API: for every messaging operation with a bearer, who may do it.
///
/// A cell is what the call comes to: `Y` it succeeds, `N` ForbiddenException, `P` as `Y` in a public channel and `N` in a
/// private one, `U` as `Y` in an unrestricted channel and `N` in a restricted one, `C` ConflictException, `F`
/// NotFoundException, `B` BadRequestException. The small `u` is `C` where `U` is `Y`, `f` is `F` and `c` is `C` where `P` is
/// `Y`, and `d` is `C` in a channel that is public or unrestricted; all of them are `N` otherwise.
final class RoleMatrix {

    /// A call of an operation by a bearer.
    @FunctionalInterface
    interface Call {
        void by(String bearer, Cast cast, ChimeSdkMessagingClient messaging);
    }

    /// A row of the matrix.
    ///
    /// @param operation its name, and after a slash which of its cases
    /// @param cells one for each [Role], in order
    /// @param call made by each role
    record Line(String operation, String cells, Call call) {

        char cell(Role role) {
            return cells.replace(" ", "").charAt(List.of(Role.values()).indexOf(role));
        }
    }

    private RoleMatrix() {
    }

    // @formatter:off
    static final List<Line> LINES = List.of(
        //                                                       admin, moderator, member, hidden, banned, outsider, foreigner, bot
        line("CreateChannel",                                    "Y Y Y Y Y Y N Y", (bearer, cast, messaging) -> messaging.createChannel(cast.clients().newChannel(bearer).build())),
        line("DescribeChannel",                                  "Y Y Y Y N P N Y", (bearer, cast, messaging) -> messaging.describeChannel(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),
        line("UpdateChannel",                                    "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.updateChannel(r -> r.chimeBearer(bearer).channelArn(cast.channel()).name("new name"))),
        line("ListChannels/PUBLIC",                              "Y Y Y Y Y Y N Y", (bearer, cast, messaging) -> messaging.listChannels(r -> r.chimeBearer(bearer).appInstanceArn(cast.clients().appInstance()))),
        line("ListChannels/PRIVATE",                             "Y N N N N N N N", (bearer, cast, messaging) -> messaging.listChannels(r -> r.chimeBearer(bearer).appInstanceArn(cast.clients().appInstance()).privacy("PRIVATE"))),
        line("SearchChannels",                                   "Y Y Y Y Y Y N Y", (bearer, cast, messaging) -> messaging.searchChannels(r -> r.chimeBearer(bearer).fields(withMember(cast.player(Role.MEMBER))))),
        line("PutChannelExpirationSettings",                     "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.putChannelExpirationSettings(r -> r.chimeBearer(bearer).channelArn(cast.channel()).expirationSettings(e -> e.expirationDays(7).expirationCriterion("CREATED_TIMESTAMP")))),
        line("AssociateChannelFlow",                             "Y Y N N N N N N", RoleMatrix::associate),
        line("DisassociateChannelFlow",                          "F F N N N N N N", (bearer, cast, messaging) -> messaging.disassociateChannelFlow(r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelFlowArn(cast.flow()))),
        line("ListSubChannels",                                  "B B N N N N N N", (bearer, cast, messaging) -> messaging.listSubChannels(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),

        line("CreateChannelMembership/another",                  "Y Y U N N N N U", (bearer, cast, messaging) -> add(bearer, cast.outsider(), "DEFAULT", cast, messaging)),
        line("CreateChannelMembership/hidden",                   "Y Y N N N N N N", (bearer, cast, messaging) -> add(bearer, cast.outsider(), "HIDDEN", cast, messaging)),
        line("CreateChannelMembership/banned",                   "N N N N N N N N", (bearer, cast, messaging) -> add(bearer, cast.player(Role.BANNED), "DEFAULT", cast, messaging)),
        line("CreateChannelMembership/member",                   "C C u N N N N u", (bearer, cast, messaging) -> add(bearer, cast.creator(), "DEFAULT", cast, messaging)),
        line("BatchCreateChannelMembership",                     "Y Y U N N N N U", (bearer, cast, messaging) -> messaging.batchCreateChannelMembership(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArns(cast.outsider()))),
        line("DescribeChannelMembership",                        "Y Y Y Y N P N Y", (bearer, cast, messaging) -> messaging.describeChannelMembership(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.player(Role.MEMBER)))),
        line("DescribeChannelMembership/hidden",                 "Y Y F Y N f N F", (bearer, cast, messaging) -> messaging.describeChannelMembership(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.player(Role.HIDDEN)))),
        line("ListChannelMemberships",                           "Y Y Y Y N P N Y", (bearer, cast, messaging) -> messaging.listChannelMemberships(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),
        line("ListChannelMemberships/HIDDEN",                    "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.listChannelMemberships(r -> r.chimeBearer(bearer).channelArn(cast.channel()).type("HIDDEN"))),
        line("DescribeChannelMembershipForAppInstanceUser",      "N N Y Y N N N Y", (bearer, cast, messaging) -> messaging.describeChannelMembershipForAppInstanceUser(r -> r.chimeBearer(bearer).channelArn(cast.channel()).appInstanceUserArn(bearer))),
        line("DescribeChannelMembershipForAppInstanceUser/other","Y N N N N N N N", (bearer, cast, messaging) -> messaging.describeChannelMembershipForAppInstanceUser(r -> r.chimeBearer(bearer).channelArn(cast.channel()).appInstanceUserArn(cast.creator()))),
        line("ListChannelMembershipsForAppInstanceUser",         "Y Y Y Y Y Y Y Y", (bearer, cast, messaging) -> messaging.listChannelMembershipsForAppInstanceUser(r -> r.chimeBearer(bearer))),
        line("ListChannelMembershipsForAppInstanceUser/other",   "Y N N N N N N N", (bearer, cast, messaging) -> messaging.listChannelMembershipsForAppInstanceUser(r -> r.chimeBearer(bearer).appInstanceUserArn(cast.creator()))),
        line("DeleteChannelMembership/another",                  "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannelMembership(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.outsider()))),
        line("GetChannelMembershipPreferences",                  "N N Y Y N N N Y", (bearer, cast, messaging) -> messaging.getChannelMembershipPreferences(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(bearer))),
        line("GetChannelMembershipPreferences/other",            "N N N N N N N N", (bearer, cast, messaging) -> messaging.getChannelMembershipPreferences(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.creator()))),
        line("PutChannelMembershipPreferences",                  "N N Y Y N N N Y", (bearer, cast, messaging) -> messaging.putChannelMembershipPreferences(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(bearer).preferences(p -> p.pushNotifications(n -> n.allowNotifications("NONE"))))),
        line("PutChannelMembershipPreferences/other",            "N N N N N N N N", (bearer, cast, messaging) -> messaging.putChannelMembershipPreferences(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.creator()).preferences(p -> p.pushNotifications(n -> n.allowNotifications("NONE"))))),
        line("UpdateChannelReadMarker",                          "N N Y Y N N N Y", (bearer, cast, messaging) -> messaging.updateChannelReadMarker(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),

        line("SendChannelMessage",                               "N N Y N N N N Y", (bearer, cast, messaging) -> cast.clients().send(bearer, cast.channel(), "hello")),
        line("GetChannelMessage",                                "Y Y Y Y N P N Y", (bearer, cast, messaging) -> messaging.getChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(foreign(cast)))),
        line("GetChannelMessage/targeted",                       "F F F F N f N F", (bearer, cast, messaging) -> messaging.getChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(targeted(cast)))),
        line("GetChannelMessageStatus",                          "N N N N N N N N", (bearer, cast, messaging) -> messaging.getChannelMessageStatus(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(foreign(cast)))),
        line("GetChannelMessageStatus/own",                      "N N Y N N N N Y", (bearer, cast, messaging) -> messaging.getChannelMessageStatus(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(own(bearer, cast)))),
        line("ListChannelMessages",                              "Y Y Y Y N P N Y", (bearer, cast, messaging) -> messaging.listChannelMessages(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),
        line("UpdateChannelMessage",                             "N N N N N N N N", (bearer, cast, messaging) -> messaging.updateChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(foreign(cast)).content("new"))),
        line("UpdateChannelMessage/own",                         "N N Y N N N N Y", (bearer, cast, messaging) -> messaging.updateChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(own(bearer, cast)).content("new"))),
        line("RedactChannelMessage",                             "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.redactChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(foreign(cast)))),
        line("RedactChannelMessage/own",                         "Y Y Y N N N N Y", (bearer, cast, messaging) -> messaging.redactChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(own(bearer, cast)))),
        line("RedactChannelMessage/targeted",                    "N N N N N N N N", (bearer, cast, messaging) -> messaging.redactChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(targeted(cast)))),
        line("DeleteChannelMessage",                             "Y N N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(foreign(cast)))),
        line("DeleteChannelMessage/targeted",                    "Y N N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannelMessage(r -> r.chimeBearer(bearer).channelArn(cast.channel()).messageId(targeted(cast)))),

        line("CreateChannelModerator",                           "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.createChannelModerator(r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelModeratorArn(cast.outsider()))),
        line("CreateChannelModerator/banned",                    "N N N N N N N N", (bearer, cast, messaging) -> messaging.createChannelModerator(r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelModeratorArn(cast.player(Role.BANNED)))),
        line("DescribeChannelModerator",                         "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.describeChannelModerator(r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelModeratorArn(cast.creator()))),
        line("ListChannelModerators",                            "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.listChannelModerators(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),
        line("DeleteChannelModerator",                           "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannelModerator(r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelModeratorArn(cast.moderator()))),
        line("DescribeChannelModeratedByAppInstanceUser",        "N Y N N N N N N", (bearer, cast, messaging) -> messaging.describeChannelModeratedByAppInstanceUser(r -> r.chimeBearer(bearer).channelArn(cast.channel()).appInstanceUserArn(bearer))),
        line("DescribeChannelModeratedByAppInstanceUser/other",  "Y N N N N N N N", (bearer, cast, messaging) -> messaging.describeChannelModeratedByAppInstanceUser(r -> r.chimeBearer(bearer).channelArn(cast.channel()).appInstanceUserArn(cast.creator()))),
        line("ListChannelsModeratedByAppInstanceUser",           "Y Y Y Y Y Y Y Y", (bearer, cast, messaging) -> messaging.listChannelsModeratedByAppInstanceUser(r -> r.chimeBearer(bearer))),
        line("ListChannelsModeratedByAppInstanceUser/other",     "Y N N N N N N N", (bearer, cast, messaging) -> messaging.listChannelsModeratedByAppInstanceUser(r -> r.chimeBearer(bearer).appInstanceUserArn(cast.creator()))),

        line("CreateChannelBan",                                 "Y Y N N N N N N", (bearer, cast, messaging) -> ban(bearer, cast.member(), cast, messaging)),
        line("CreateChannelBan/admin",                           "N N N N N N N N", (bearer, cast, messaging) -> ban(bearer, cast.player(Role.ADMIN), cast, messaging)),
        line("CreateChannelBan/moderator",                       "N N N N N N N N", (bearer, cast, messaging) -> ban(bearer, cast.player(Role.MODERATOR), cast, messaging)),
        line("DescribeChannelBan",                               "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.describeChannelBan(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.player(Role.BANNED)))),
        line("ListChannelBans",                                  "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.listChannelBans(r -> r.chimeBearer(bearer).channelArn(cast.channel()))),
        line("DeleteChannelBan",                                 "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannelBan(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(cast.banned()))));

    /// What changes the cast, each in a channel of its own.
    static final List<Line> LAST_LINES = List.of(
        line("CreateChannelMembership/oneself",                  "Y Y d c N P N d", (bearer, cast, messaging) -> add(bearer, bearer, "DEFAULT", cast, messaging)),
        line("DeleteChannelMembership/oneself",                  "Y Y Y Y N N N Y", (bearer, cast, messaging) -> messaging.deleteChannelMembership(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(bearer))),
        line("DeleteChannel",                                    "Y Y N N N N N N", (bearer, cast, messaging) -> messaging.deleteChannel(r -> r.chimeBearer(bearer).channelArn(cast.channel()))));
    // @formatter:on

    private static Line line(String operation, String cells, Call call) {
        return new Line(operation, cells, call);
    }

    private static void associate(String bearer, Cast cast, ChimeSdkMessagingClient messaging) {
        messaging.associateChannelFlow(
                r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelFlowArn(cast.flow()));
        messaging.disassociateChannelFlow(
                r -> r.chimeBearer(bearer).channelArn(cast.channel()).channelFlowArn(cast.flow()));
    }

    private static SearchField withMember(String user) {
        return SearchField.builder()
                .key(SearchFieldKey.MEMBERS)
                .operator(SearchFieldOperator.INCLUDES)
                .values(user)
                .build();
    }

    private static void add(String bearer, String member, String type, Cast cast, ChimeSdkMessagingClient messaging) {
        messaging.createChannelMembership(
                r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(member).type(type));
    }

    private static void ban(String bearer, String member, Cast cast, ChimeSdkMessagingClient messaging) {
        messaging.createChannelBan(r -> r.chimeBearer(bearer).channelArn(cast.channel()).memberArn(member));
    }

    /// A message of the channel's creator.
    private static String foreign(Cast cast) {
        return cast.clients().send(cast.creator(), cast.channel(), "from the creator");
    }

    /// A message of the channel's creator for a member who is none of the players.
    private static String targeted(Cast cast) {
        String target = cast.member();
        return cast.clients()
                .messaging()
                .sendChannelMessage(SdkClients.message(cast.creator(), cast.channel(), "from the creator")
                        .target(Target.builder().memberArn(target).build())
                        .build())
                .messageId();
    }

    /// A message of the bearer's own, or, if it cannot send any, one of the creator's.
    private static String own(String bearer, Cast cast) {
        boolean sends = bearer.equals(cast.player(Role.MEMBER)) || bearer.equals(cast.player(Role.BOT));
        return sends ? cast.clients().send(bearer, cast.channel(), "from the bearer") : foreign(cast);
    }
}
