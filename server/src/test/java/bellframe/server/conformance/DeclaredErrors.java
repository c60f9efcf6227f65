package bellframe.server.conformance;

import static bellframe.server.conformance.Row.Claim.errors;
import static bellframe.server.conformance.Situation.AT_ITS_LIMITS;
import static bellframe.server.conformance.Situation.BUSY;
import static bellframe.server.conformance.Situation.DRAINING;
import static bellframe.server.conformance.Situation.HEALTHY;
import static bellframe.server.conformance.Situation.STORE_FAILS;

import bellframe.api.ModelFile;
import bellframe.server.OperationsWithoutBehaviour;
import java.util.List;
import java.util.Set;

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

    private static final Set<String> WITHOUT_BEHAVIOUR = OperationsWithoutBehaviour.names();

    static final List<Row> ROWS = List.of(
            // Before any operation runs.
            errors(BAD_REQUEST).provokedBy(HEALTHY, GenericCalls::breakAConstraint),
            errors(UNAUTHORIZED).where(DeclaredErrors::hasBearer).provokedBy(HEALTHY, GenericCalls::nameNobodyAsBearer),
            errors(UNAUTHORIZED).where(error -> !hasBearer(error))
                    .unreachable("there is no bearer, and failures of signatures have names that no model declares"),
            errors(THROTTLED).provokedBy(BUSY, GenericCalls::call),
            errors(SERVICE_UNAVAILABLE).provokedBy(DRAINING, GenericCalls::call),

            errors(FORBIDDEN, NOT_FOUND, CONFLICT, RESOURCE_LIMIT_EXCEEDED, SERVICE_FAILURE)
                    .where(error -> !hasBehaviour(error))
                    .unreachable("the operation has no behaviour yet"),

            errors(SERVICE_FAILURE).where(DeclaredErrors::hasBehaviour)
                    .notIn("GetMessagingSessionEndpoint")
                    .provokedBy(STORE_FAILS, GenericCalls::callOnWhatWasNeverRead),
            errors(SERVICE_FAILURE).in("GetMessagingSessionEndpoint").unreachable("it needs nothing that can fail"),

            errors(FORBIDDEN).where(error -> hasBehaviour(error) && hasBearer(error))
                    .provokedBy(HEALTHY, GenericCalls::reachForOthers),
            errors(FORBIDDEN).in("GetMessagingSessionEndpoint")
                    .unreachable("there are no policies, and it has no target"),
            errors(FORBIDDEN).in("CreateAppInstanceAdmin").provokedBy(HEALTHY, Scenarios::promoteNobody),
            errors(FORBIDDEN).where(error -> hasBehaviour(error) && error.model().equals(ModelFile.IDENTITY))
                    .notIn("CreateAppInstanceAdmin")
                    .unreachable("there are no policies, and an absent target is a NotFoundException"),

            errors(NOT_FOUND).in("GetChannelMessage").provokedBy(HEALTHY, Scenarios::getAnAbsentMessage),
            errors(NOT_FOUND).in("DescribeChannelMembership")
                    .provokedBy(HEALTHY, Scenarios::describeAnAbsentMembership),
            errors(NOT_FOUND).in("CreateChannelMembership", "BatchCreateChannelMembership")
                    .unreachable("an absent channel and an absent user are a ForbiddenException"),

            errors(CONFLICT).in("CreateAppInstance")
                    .provokedBy(HEALTHY, Scenarios::createAnotherAppInstanceWithOneToken),
            errors(CONFLICT).in("CreateAppInstanceUser").provokedBy(HEALTHY, Scenarios::createAnotherUserWithOneId),
            errors(CONFLICT).in("CreateAppInstanceAdmin").provokedBy(HEALTHY, Scenarios::promoteAnAdmin),
            errors(CONFLICT).in("CreateChannel").provokedBy(HEALTHY, Scenarios::createAnotherChannelWithOneId),
            errors(CONFLICT).in("CreateChannelMembership").provokedBy(HEALTHY, Scenarios::addAMember),
            errors(CONFLICT).in("SendChannelMessage").provokedBy(HEALTHY, Scenarios::sendAnotherMessageWithOneToken),
            errors(CONFLICT).in("UpdateChannelMessage").provokedBy(HEALTHY, Scenarios::updateARedactedMessage),
            errors(CONFLICT).in("UpdateAppInstance", "UpdateAppInstanceUser", "UpdateChannel")
                    .unreachable("changes at the same time are carried out one after the other"),
            errors(CONFLICT).in("RedactChannelMessage")
                    .unreachable("a message is redacted once, and again without effect"),
            errors(CONFLICT)
                    .in("DeleteAppInstanceUser", "DeleteAppInstanceAdmin", "DeleteChannel", "DeleteChannelMembership")
                    .unreachable("whatever state it is in, what is there can be deleted"),

            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstance")
                    .provokedBy(AT_ITS_LIMITS, Scenarios::createAnAppInstance),
            errors(RESOURCE_LIMIT_EXCEEDED).in("CreateAppInstanceAdmin")
                    .provokedBy(AT_ITS_LIMITS, Scenarios::promoteAUser),
            errors(RESOURCE_LIMIT_EXCEEDED)
                    .in("CreateAppInstanceUser", "CreateChannel", "CreateChannelMembership",
                            "BatchCreateChannelMembership")
                    .unreachable("their number is not limited"),
            errors(RESOURCE_LIMIT_EXCEEDED)
                    .in("DeleteAppInstance", "DeleteAppInstanceUser", "DeleteAppInstanceAdmin",
                            "ListAppInstanceAdmins", "UpdateAppInstanceUser")
                    .unreachable("nothing becomes more by it"));

    private DeclaredErrors() {
    }

    private static boolean hasBearer(DeclaredError error) {
        return error.operation().bearer();
    }

    private static boolean hasBehaviour(DeclaredError error) {
        return !WITHOUT_BEHAVIOUR.contains(error.operation().name());
    }
}
