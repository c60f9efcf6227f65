package bellframe.outbound.lex;

import bellframe.bots.BotForbidden;
import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes.Question;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.json.JsonValue;
import bellframe.outbox.DeliveryFailed;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.lexruntimev2.LexRuntimeV2Client;
import software.amazon.awssdk.services.lexruntimev2.model.AccessDeniedException;
import software.amazon.awssdk.services.lexruntimev2.model.DialogActionType;
import software.amazon.awssdk.services.lexruntimev2.model.IntentState;
import software.amazon.awssdk.services.lexruntimev2.model.PutSessionRequest;
import software.amazon.awssdk.services.lexruntimev2.model.PutSessionResponse;
import software.amazon.awssdk.services.lexruntimev2.model.RecognizeTextRequest;
import software.amazon.awssdk.services.lexruntimev2.model.RecognizeTextResponse;

/// The runtime service of Lex V2, with a client of the SDK for each region.
final class LexRuntimes {

    /// Nearly as many as AWS has; whoever makes bots chooses regions, and must not make clients without end.
    static final int REGIONS_MAX = 40;

    private static final String RECEIVER = "Lex bot";

    private final AwsAccess access;
    private final AwsEndpoint endpoint;
    private final Map<String, LexRuntimeV2Client> clients = new HashMap<>();

    LexRuntimes(AwsAccess access, AwsEndpoint endpoint) {
        this.access = access;
        this.endpoint = endpoint;
    }

    BotReply recognize(BotAliasArn alias, Question question, String text)
            throws DeliveryFailed, BotForbidden {
        var request = RecognizeTextRequest.builder()
                .botId(alias.botId())
                .botAliasId(alias.aliasId())
                .localeId(question.localeId())
                .sessionId(question.sessionId())
                .requestAttributes(question.attributes())
                .text(text)
                .build();
        try {
            RecognizeTextResponse answer = client(alias.region()).recognizeText(request);
            return LexReply.of(LexShapes.messages(answer.messages()), LexShapes.sessionState(answer.sessionState()),
                    answer.sessionId(), question.sessionId());
        } catch (RuntimeException problem) {
            throw failure(problem);
        }
    }

    /// Lex goes on as it does with an intent that it recognised itself: with the intent's first response or question.
    BotReply start(BotAliasArn alias, Question question, String intent)
            throws DeliveryFailed, BotForbidden {
        var request = PutSessionRequest.builder()
                .botId(alias.botId())
                .botAliasId(alias.aliasId())
                .localeId(question.localeId())
                .sessionId(question.sessionId())
                .requestAttributes(question.attributes())
                .sessionState(state -> state.intent(begun -> begun.name(intent).state(IntentState.IN_PROGRESS))
                        .dialogAction(action -> action.type(DialogActionType.DELEGATE)))
                .responseContentType("text/plain; charset=utf-8")
                .build();
        PutSessionResponse answer;
        try {
            answer = client(alias.region()).putSessionAsBytes(request).response();
        } catch (RuntimeException problem) {
            throw failure(problem);
        }
        JsonValue messages = CompressedHeader.read(answer.messages());
        JsonValue state = CompressedHeader.read(answer.sessionState());
        return LexReply.of(messages, state, answer.sessionId(), question.sessionId());
    }

    private DeliveryFailed failure(RuntimeException problem) throws BotForbidden {
        if (problem instanceof AccessDeniedException) {
            throw new BotForbidden("no access to the " + RECEIVER);
        }
        return access.failure(RECEIVER, problem);
    }

    private synchronized LexRuntimeV2Client client(String region) throws DeliveryFailed {
        LexRuntimeV2Client known = clients.get(region);
        if (known != null) {
            return known;
        }
        if (clients.size() == REGIONS_MAX) {
            throw DeliveryFailed.permanentFailure("bots in too many regions");
        }
        LexRuntimeV2Client made = access.client(LexRuntimeV2Client.builder(), region, endpoint);
        clients.put(region, made);
        return made;
    }
}
