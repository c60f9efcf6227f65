package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.api.Trial;
import bellframe.server.OperationsWithoutBehaviour;
import java.util.Map;
import java.util.Set;

/// What may become of an input that breaks no constraint of the model.
final class LegalOutcomes {

    private static final Set<String> WITHOUT_BEHAVIOUR = OperationsWithoutBehaviour.names();

    /// The model counts code points, the service bytes.
    private static final String MESSAGE_TOO_LARGE = "Channel Messages size limit exceeded. Content max 4096, Metadata max 1024";

    /// What operations ask beyond the model, by the operation.
    private static final Map<String, Set<String>> BAD_REQUESTS = Map.of(
            "CreateChannel", Set.of("ElasticChannelConfiguration: this server has no elastic channels yet."),
            "SendChannelMessage", Set.of(
                    MESSAGE_TOO_LARGE,
                    "MessageAttributes: names and values have at most 1024 bytes together",
                    "PushNotification: Title or Body is required"),
            "UpdateChannelMessage", Set.of(MESSAGE_TOO_LARGE),
            "ListChannelMessages", Set.of("NotBefore: must not be after NotAfter"));

    private static final String FOREIGN_TOKEN = "NextToken: not a token of this list";

    /// Members that some operations know and do not act on.
    private static final Set<String> MEMBERS_WITHOUT_BEHAVIOUR = Set.of("ExpirationSettings");

    private LegalOutcomes() {
    }

    /// Whether this may be the answer to an input that is legal.
    static boolean include(Outcome outcome, Trial trial) {
        Operation<?, ?, ?> operation = trial.place().operation();
        String member = trial.member();
        if (outcome.error().equals("NotImplementedException")) {
            return outcome.status() == 501
                    && (WITHOUT_BEHAVIOUR.contains(operation.name()) || MEMBERS_WITHOUT_BEHAVIOUR.contains(member));
        }
        if (outcome.error().equals("UnauthorizedClientException")) {
            return member.equals("ChimeBearer") && outcome.isA(401, outcome.error(), "Unauthorized");
        }
        return !WITHOUT_BEHAVIOUR.contains(operation.name())
                && (outcome.status() == operation.successStatus() || isRefusal(outcome, operation));
    }

    private static boolean isRefusal(Outcome outcome, Operation<?, ?, ?> operation) {
        return switch (outcome.error()) {
            case "BadRequestException" -> outcome.isA(400, outcome.error(), "BadRequest")
                    && isSemantic(outcome.message(), operation);
            case "ResourceLimitExceededException" ->
                outcome.isA(400, outcome.error(), "ResourceLimitExceeded") && isDeclared(outcome, operation);
            case "ForbiddenException" ->
                outcome.isA(403, outcome.error(), "Forbidden") && isDeclared(outcome, operation);
            case "NotFoundException" -> outcome.isA(404, outcome.error(), "NotFound")
                    && (isDeclared(outcome, operation) || !operation.bearer());
            case "ConflictException" -> outcome.isA(409, outcome.error(), "Conflict") && isDeclared(outcome, operation);
            default -> false;
        };
    }

    private static boolean isSemantic(String message, Operation<?, ?, ?> operation) {
        return BAD_REQUESTS.getOrDefault(operation.name(), Set.of()).contains(message)
                || (operation.name().startsWith("List") && message.equals(FOREIGN_TOKEN));
    }

    private static boolean isDeclared(Outcome outcome, Operation<?, ?, ?> operation) {
        return operation.errors().contains(outcome.error());
    }
}
