package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.api.Trial;
import java.util.Map;
import java.util.Set;

/// What may become of an input that breaks no constraint of the model.
final class LegalOutcomes {

    /// The model counts code points, the service bytes.
    private static final String MESSAGE_TOO_LARGE = "Channel Messages size limit exceeded. Content max 4096, Metadata max 1024";

    private static final Set<String> FILTER_RULES = Set.of(
            "FilterRule: is required with FILTERED",
            "FilterRule: goes with FILTERED only",
            "FilterRule: is not JSON");

    private static final String PROCESSOR_ORDER = "Processors: each has an ExecutionOrder of its own";

    /// What operations ask beyond the model, by the operation.
    private static final Map<String, Set<String>> BAD_REQUESTS = Map.of(
            "CreateChannel", Set.of("ElasticChannelConfiguration: this server has no elastic channels yet."),
            "ListSubChannels", Set.of("ChannelArn: the channel is not an elastic channel"),
            "PutChannelMembershipPreferences", FILTER_RULES,
            "SendChannelMessage", Set.of(
                    MESSAGE_TOO_LARGE,
                    "MessageAttributes: names and values have at most 1024 bytes together",
                    "PushNotification: Title or Body is required"),
            "UpdateChannelMessage", Set.of(MESSAGE_TOO_LARGE),
            "ListChannelMessages", Set.of("NotBefore: must not be after NotAfter"),
            "CreateChannelFlow", Set.of(PROCESSOR_ORDER),
            "UpdateChannelFlow", Set.of(PROCESSOR_ORDER),
            "PutMessagingStreamingConfigurations", Set.of(
                    "StreamingConfigurations: one for each DataType",
                    "ResourceArn: must name a Kinesis stream whose name begins with chime-messaging-"),
            "RegisterAppInstanceUserEndpoint", Set.of("VoipDeviceToken: goes with APNS and APNS_SANDBOX only"));

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
        return BAD_REQUESTS.getOrDefault(trial.place().operation().name(), Set.of()).contains(message)
                || (trial.member().equals("NextToken") && message.equals(FOREIGN_TOKEN));
    }

    private static boolean isDeclared(Outcome outcome, Operation<?, ?, ?> operation) {
        return operation.errors().contains(outcome.error());
    }
}
