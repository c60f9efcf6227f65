package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.api.Trial;

/// What may become of an input that breaks no constraint of the model.
final class LegalOutcomes {

    private static final String FOREIGN_TOKEN = "NextToken: not a token of this list";

    private LegalOutcomes() {
    }

    /// Whether this may be the answer to an input that is legal.
    static boolean include(Outcome outcome, Trial trial) {
        Operation<?, ?, ?> operation = trial.place().operation();
        String member = trial.member();
        if (outcome.error().equals("UnauthorizedClientException")) {
            return member.equals("ChimeBearer") && outcome.isA(401, outcome.error(), "Unauthorized");
        }
        return outcome.status() == operation.successStatus() || isRefusal(outcome, trial);
    }

    private static boolean isRefusal(Outcome outcome, Trial trial) {
        Operation<?, ?, ?> operation = trial.place().operation();
        return switch (outcome.error()) {
            case "BadRequestException" -> outcome.isA(400, outcome.error(), "BadRequest")
                    && isSemantic(outcome.message(), trial);
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

    private static boolean isSemantic(String message, Trial trial) {
        return BeyondTheModel.messages(trial.place().operation().name()).contains(message)
                || (trial.member().equals("NextToken") && message.equals(FOREIGN_TOKEN));
    }

    private static boolean isDeclared(Outcome outcome, Operation<?, ?, ?> operation) {
        return operation.errors().contains(outcome.error());
    }
}
