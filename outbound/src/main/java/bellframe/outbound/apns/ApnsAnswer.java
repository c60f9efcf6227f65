package bellframe.outbound.apns;

import bellframe.outbox.DeliveryFailed;
import bellframe.push.PushServices.Outcome;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import java.util.Set;
import java.util.regex.Pattern;

/// What answers of APNs mean.
final class ApnsAnswer {

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final Set<String> INVALID_DEVICE = Set.of("BadDeviceToken", "DeviceTokenNotForTopic", "ExpiredToken",
            "Unregistered");

    private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,100}");

    private ApnsAnswer() {
    }

    static Outcome outcome(PushNotificationResponse<?> answer) throws DeliveryFailed {
        if (answer.isAccepted()) {
            return Outcome.TAKEN;
        }
        String code = answer.getRejectionReason().orElse("");
        int status = answer.getStatusCode();
        if (status == GONE || INVALID_DEVICE.contains(code)) {
            return Outcome.INVALID_DEVICE;
        }
        String reason = "APNs answered " + status + (REASON.matcher(code).matches() ? " " + code : "");
        if (status == TOO_MANY_REQUESTS) {
            throw DeliveryFailed.throttled(reason, null);
        }
        throw status >= SERVER_ERROR
                ? DeliveryFailed.transientFailure(reason)
                : DeliveryFailed.permanentFailure(reason);
    }
}
