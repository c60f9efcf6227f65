package bellframe.outbound.webhook;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.Call;
import bellframe.outbound.calls.CallFailed;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.RetryAfter;
import bellframe.outbox.DeliveryFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Posts JSON to receivers, signed. Safe for use by many threads.
public final class Webhooks {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private final Calls calls;
    private final WebhookSecrets secrets;
    private final InstantSource clock;

    public Webhooks(Calls calls, WebhookSecrets secrets, InstantSource clock) {
        this.calls = calls;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Returns once the receiver took it, whatever else it says.
    ///
    /// @throws DeliveryFailed if it did not
    public void post(URI receiver, byte[] json) throws DeliveryFailed {
        requireTaken(send(receiver, json));
    }

    /// What the receiver says that took it.
    ///
    /// @param id another one for everything that is not a repetition, though it may say the same
    /// @throws DeliveryFailed if it did not take it
    public Answer ask(URI receiver, String id, byte[] json) throws DeliveryFailed {
        Answer answer = send(receiver, WebhookSignature.headers(secrets, id, json, clock.instant()), json);
        requireTaken(answer);
        return answer;
    }

    /// Whatever the receiver says.
    ///
    /// @throws DeliveryFailed if it says nothing
    Answer send(URI receiver, byte[] json) throws DeliveryFailed {
        return send(receiver, WebhookSignature.headers(secrets, json, clock.instant()), json);
    }

    private Answer send(URI receiver, Map<String, List<String>> signature, byte[] json) throws DeliveryFailed {
        var headers = new HashMap<>(signature);
        headers.put("content-type", List.of("application/json"));
        try {
            return calls.send(new Call("POST", receiver, headers, json));
        } catch (CallFailed failed) {
            throw failed.asDelivery();
        }
    }

    void requireTaken(Answer answer) throws DeliveryFailed {
        if (!answer.successful()) {
            throw refusal(answer);
        }
    }

    private DeliveryFailed refusal(Answer answer) {
        String reason = "the webhook answered " + answer.status();
        return switch (answer.status()) {
            case TOO_MANY_REQUESTS, UNAVAILABLE -> DeliveryFailed.throttled(reason,
                    RetryAfter.parse(answer.header(RetryAfter.HEADER), clock.instant()));
            case REQUEST_TIMEOUT -> DeliveryFailed.transientFailure(reason);
            default -> answer.status() >= SERVER_ERROR
                    ? DeliveryFailed.transientFailure(reason)
                    : DeliveryFailed.permanentFailure(reason);
        };
    }
}
