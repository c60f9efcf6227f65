package bellframe.outbound.nats;

import bellframe.outbox.DeliveryFailed;
import io.nats.client.AuthenticationException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;

/// What failures of the client of NATS mean. Their messages may quote a server, and stay out of reasons.
final class NatsFailures {

    /// JetStream's number for a message that is larger than its stream allows.
    private static final int MESSAGE_TOO_LARGE = 10054;

    private NatsFailures() {
    }

    static DeliveryFailed of(Exception problem) {
        return switch (problem) {
            case JetStreamApiException refused when refused.getApiErrorCode() == MESSAGE_TOO_LARGE -> DeliveryFailed
                    .permanentFailure("the record is too large for the NATS stream");
            case JetStreamApiException refused -> DeliveryFailed
                    .transientFailure("NATS JetStream answered with error " + refused.getApiErrorCode());
            case IOException _ -> DeliveryFailed.transientFailure("NATS JetStream did not answer");
            case IllegalStateException _ -> DeliveryFailed.transientFailure("the NATS server is not connected");
            default -> DeliveryFailed.transientFailure("the call to the NATS server failed: "
                    + problem.getClass().getSimpleName());
        };
    }

    /// For a connection that could not be made.
    static DeliveryFailed ofConnecting(Throwable problem) {
        return DeliveryFailed.transientFailure(switch (problem) {
            case AuthenticationException _ -> "the NATS server does not take the credentials";
            case IOException _ -> "the NATS server takes no connections";
            default -> "the client of the NATS server could not be made: " + problem.getClass().getSimpleName();
        });
    }
}
