package bellframe.outbound.fcm;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.Call;
import bellframe.outbound.calls.CallFailed;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.push.PushService;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Brings notifications to devices with Android over FCM's HTTP API, version 1. Safe for use by many threads.
public final class FcmService implements PushService {

    private static final int UNAUTHORIZED = 401;

    private final FcmApp app;
    private final Calls calls;
    private final InstantSource clock;
    private final FirstUse<AccessTokens, DeliveryFailed> tokens;

    /// Reads nothing and calls nobody before the first notification.
    ///
    /// @param calls which must allow the hosts of the app
    public FcmService(FcmApp app, Calls calls, InstantSource clock) {
        this.app = app;
        this.calls = calls;
        this.clock = clock;
        this.tokens = new FirstUse<>(() -> {
            var account = GoogleAccount.read(app.serviceAccount(), calls);
            return new AccessTokens(account::fetch, clock);
        });
    }

    @Override
    public Outcome push(DeviceNotification notification) throws DeliveryFailed {
        byte[] message = FcmMessage.of(notification, clock.instant());
        AccessTokens known = tokens.get();
        String token = known.get();
        Answer answer = send(message, token);
        if (answer.status() == UNAUTHORIZED) {
            known.forget(token);
            answer = send(message, known.get());
        }
        return FcmAnswer.outcome(answer, clock.instant());
    }

    private Answer send(byte[] message, String token) throws DeliveryFailed {
        var headers = Map.of("content-type", List.of("application/json; charset=UTF-8"), "authorization",
                List.of("Bearer " + token));
        try {
            return calls.send(new Call("POST", app.messages(), headers, message));
        } catch (CallFailed failed) {
            throw failed.asDelivery();
        }
    }
}
