package bellframe.server.conformance;

import static bellframe.server.conformance.Row.Claim.errors;
import static bellframe.server.conformance.Situation.AT_ITS_LIMITS;
import static bellframe.server.conformance.Situation.BUSY;
import static bellframe.server.conformance.Situation.DRAINING;
import static bellframe.server.conformance.Situation.HEALTHY;
import static bellframe.server.conformance.Situation.STORE_FAILS;

import bellframe.api.ModelFile;
import java.util.List;

/// For every operation and every error that its model declares: how it comes about, or why it cannot.
final class DeclaredErrors {

    private static final String BAD_REQUEST = "BadRequestException";
    private static final String CONFLICT = "ConflictException";
    private static final String FORBIDDEN = "ForbiddenException";
    private static final String NOT_FOUND = "NotFoundException";
    private static final String RESOURCE_LIMIT_EXCEEDED = "ResourceLimitExceededException";
    private static final String SERVICE_FAILURE = "ServiceFailureException";
    private static final String SERVICE_UNAVAILABLE = "ServiceUnavailableException";
    private static final String THROTTLED = "ThrottledClientException";
    private static final String UNAUTHORIZED = "UnauthorizedClientException";

    /// Operations without a bearer that tell an absent target by a ForbiddenException.
    private static final String[] DEVELOPERS = {"CreateChannelFlow", "DescribeChannelFlow", "ListChannelFlows",
            "UpdateChannelFlow", "DeleteChannelFlow", "ListChannelsAssociatedWithChannelFlow", "ChannelFlowCallback",
            "DeleteMessagingStreamingConfigurations", "TagResource", "UntagResource", "ListTagsForResource"};

    static final List<Row> ROWS = List.of(
            // Before any operation runs.
            errors(BAD_REQUEST).provokedBy(HEALTHY, GenericCalls::breakAConstraint),
            errors(UNAUTHORIZED).where(DeclaredErrors::hasBearer).provokedBy(HEALTHY, GenericCalls::nameNobodyAsBearer),
            errors(UNAUTHORIZED).where(error -> !hasBearer(error))
                    .unreachable("there is no bearer, and failures of signatures have names that no model declares"),
            errors(THROTTLED).provokedBy(BUSY, GenericCalls::call),
            errors(SERVICE_UNAVAILABLE).provokedBy(DRAINING, GenericCalls::call),

            errors(SERVICE_FAILURE).notIn("GetMessagingSessionEndpoint")
                    .provokedBy(STORE_FAILS, GenericCalls::callOnWhatWasNeverRead),
            errors(SERVICE_FAILURE).in("GetMessagingSessionEndpoint")
                    .unreachable("it needs nothing that can fail"),

            errors(FORBIDDEN).where(DeclaredErrors::hasBearer).provokedBy(HEALTHY, GenericCalls::reachForOthers),
            errors(FORBIDDEN).in(DEVELOPERS).provokedBy(HEALTHY, GenericCalls::reachForOthers),
            errors(FORBIDDEN).in("GetMessagingSessionEndpoint")
                    .unreachable("what policies refuse is an AccessDeniedException, and it has no target"),
            errors(FORBIDDEN).in("CreateAppInstanceAdmin").provokedBy(HEALTHY, IdentityScenarios::promoteNobody),
            errors(FORBIDDEN).where(error -> error.model().equals(ModelFile.IDENTITY))
                    .notIn(DEVELOPERS)
                    .notIn("CreateAppInstanceAdmin")
                    .unreachable(
                            "what policies refuse is an AccessDeniedException, an absent target a NotFoundException"),
            errors(FORBIDDEN).in("GetMessagingStreamingConfigurations")
                    .unreachable(
                            "what policies refuse is an AccessDeniedException, an absent target a NotFoundException"),
            errors(FORBIDDEN).in("PutMessagingStreamingConfigurations")
                    .unreachable("a stream must refuse the server, as in StreamIT"),

            errors(NOT_FOUND).in("GetChannelMessage").provokedBy(HEALTHY, Scenarios::getAnAbsentMessage),
            errors(NOT_FOUND).in("DescribeChannelMembership")
                    .provokedBy(HEALTHY, Scenarios::describeAnAbsentMembership),
            errors(NOT_FOUND).in("DescribeChannelModerator").provokedBy(HEALTHY, Scenarios::describeAnAbsentModerator),
            errors(NOT_FOUND).in("DescribeChannelBan").provokedBy(HEALTHY, Scenarios::describeAnAbsentBan),
            errors(NOT_FOUND).in("AssociateChannelFlow").provokedBy(HEALTHY, FlowScenarios::associateAnAbsentFlow),
            errors(NOT_FOUND).in("DisassociateChannelFlow")
                    .provokedBy(HEALTHY, FlowScenarios::disassociateAFlowThatIsNotAssociated),
            errors(NOT_FOUND).in("GetMessagingStreamingConfigurations")
                    .provokedBy(HEALTHY, IdentityScenarios::getStreamsThatWereNeverSet),
            errors(NOT_FOUND).in("PutMessagingStreamingConfigurations")
                    .provokedBy(HEALTHY, IdentityScenarios::putStreamsOfAnAbsentAppInstance),
            errors(NOT_FOUND).in("DescribeAppInstanceBot").provokedBy(HEALTHY, IdentityScenarios::describeAnAbsentBot),
            errors(NOT_FOUND).in("CreateChannelMembership", "BatchCreateChannelMembership")
                    .unreachable("an absent channel and an absent user are a ForbiddenException"),

            errors(CONFLICT).in("CreateAppInstance")
                    .provokedBy(HEALTHY, IdentityScenarios::createAnotherAppInstanceWithOneToken),
            errors(CONFLICT).in("CreateAppInstanceUser")
                    .provokedBy(HEALTHY, IdentityScenarios::createAnotherUserWithOneId),
            errors(CONFLICT).in("CreateAppInstanceAdmin").provokedBy(HEALTHY, IdentityScenarios::promoteAnAdmin),
            errors(CONFLICT).in("CreateAppInstanceBot")
                    .provokedBy(HEALTHY, IdentityScenarios::createAnotherBotWithOneToken),
            errors(CONFLICT).in("RegisterAppInstanceUserEndpoint")
                    .provokedBy(HEALTHY, IdentityScenarios::registerADeviceTwice),
            errors(CONFLICT).in("CreateChannel").provokedBy(HEALTHY, Scenarios::createAnotherChannelWithOneId),
            errors(CONFLICT).in("CreateChannelMembership").provokedBy(HEALTHY, Scenarios::addAMember),
            errors(CONFLICT).in("CreateChannelModerator").provokedBy(HEALTHY, Scenarios::appointAModerator),
            errors(CONFLICT).in("CreateChannelBan").provokedBy(HEALTHY, Scenarios::banABannedUser),
            errors(CONFLICT).in("SendChannelMessage").provokedBy(HEALTHY, Scenarios::sendAnotherMessageWithOneToken),
            errors(CONFLICT).in("UpdateChannelMessage").provokedBy(HEALTHY, Scenarios::updateARedactedMessage),
            errors(CONFLICT).in("CreateChannelFlow").provokedBy(HEALTHY, FlowScenarios::createAnotherFlowWithOneToken),
            errors(CONFLICT).in("DeleteChannelFlow").provokedBy(HEALTHY, FlowScenarios::deleteAFlowWithAChannel),
            errors(CONFLICT).in("AssociateChannelFlow").provokedBy(HEALTHY, FlowScenarios::associateAnotherFlow),
            errors(CONFLICT).in("DisassociateChannelFlow")
                    .unreachable("a channel that does not have the flow is a NotFoundException"),
            errors(CONFLICT).in("ChannelFlowCallback")
                    .unreachable("a processor must have been called, as in ChannelFlowIT"),
            errors(CONFLICT)
                    .in("UpdateAppInstance", "UpdateAppInstanceUser", "UpdateAppInstanceBot",
                            "UpdateAppInstanceUserEndpoint", "PutAppInstanceUserExpirationSettings", "UpdateChannel",
                            "UpdateChannelFlow", "UpdateChannelReadMarker", "PutChannelExpirationSettings",
                            "PutChannelMembershipPreferences")
                    .unreachable("changes at the same time are carried out one after the other"),
            errors(CONFLICT).in("PutMessagingStreamingConfigurations")
                    .unreachable("a stream must be unfit, as in StreamIT"),
            errors(CONFLICT).in("RedactChannelMessage")
                    .unreachable("a message is redacted once, and again without effect"),
            errors(CONFLICT)
                    .in("DeleteAppInstanceUser", "DeleteAppInstanceAdmin", "DeleteAppInstanceBot", "DeleteChannel",
                            "DeleteChannelMembership")
                    .unreachable("whatever state it is in, what is there can be deleted"),

            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstance")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::createAnAppInstance),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstanceUser")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::createAUser),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstanceAdmin")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::promoteAUser),
            errors(RESOURCE_LIMIT_EXCEEDED).in("RegisterAppInstanceUserEndpoint")
                    .provokedBy(HEALTHY, LimitScenarios::registerOneDeviceTooMany),
            errors(RESOURCE_LIMIT_EXCEEDED).in("TagResource").provokedBy(HEALTHY, LimitScenarios::addOneTagTooMany),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateChannelMembership")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::addAMember),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateChannelModerator")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::appointAModerator),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateChannelFlow")
                    .provokedBy(AT_ITS_LIMITS, LimitScenarios::createAFlow),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateChannel")
                    .unreachable("by a test: ten million channels take hours to create"),
            errors(RESOURCE_LIMIT_EXCEEDED).in("BatchCreateChannelMembership")
                    .unreachable("whom there is no room for is listed in Errors"),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstanceBot", "CreateChannelBan")
                    .unreachable("their number is not limited"),
            errors(RESOURCE_LIMIT_EXCEEDED)
                    .in("DeleteAppInstance", "DeleteAppInstanceUser", "DeleteAppInstanceAdmin", "DeleteAppInstanceBot",
                            "ListAppInstanceAdmins", "ListAppInstanceBots", "UpdateAppInstanceUser",
                            "UpdateAppInstanceBot")
                    .unreachable("nothing becomes more by it"));

    private DeclaredErrors() {
    }

    private static boolean hasBearer(DeclaredError error) {
        return error.operation().bearer();
    }
}
