package bellframe.outbound.push;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.RetryAfter;
import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the status of an answer means that is no success, where a service says nothing of its own.
public final class ServiceRefusal {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private ServiceRefusal() {
    }

    /// What it means that an answer has this status.
    ///
    /// @param reason for operators
    public static DeliveryFailed of(String reason, Answer answer, Instant now) {
        return of(reason, answer.status(), answer.header(RetryAfter.HEADER), now);
    }

    /// What it means that an answer has this status.
    ///
    /// @param reason for operators
    /// @param retryAfter the header of that name; null if there is none
    public static DeliveryFailed of(String reason, int status, @Nullable String retryAfter, Instant now) {
        Duration pause = RetryAfter.parse(retryAfter, now);
        if (status == TOO_MANY_REQUESTS || (status >= SERVER_ERROR && pause != null)) {
            return DeliveryFailed.throttled(reason, pause);
        }
        return status >= SERVER_ERROR || status == REQUEST_TIMEOUT
                ? DeliveryFailed.transientFailure(reason)
                : DeliveryFailed.permanentFailure(reason);
    }
}
