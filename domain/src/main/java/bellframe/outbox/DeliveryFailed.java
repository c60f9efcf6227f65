package bellframe.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A receiver did not take what was handed to it.
public final class DeliveryFailed extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean permanent;
    private final @Nullable Duration retryAfter;

    private DeliveryFailed(String reason, boolean permanent, @Nullable Duration retryAfter) {
        super(reason);
        this.permanent = permanent;
        this.retryAfter = retryAfter;
    }

    /// The same may well be taken later.
    ///
    /// @param reason what happened, fit for logs and alerts: nothing of what was to be delivered, and no secrets
    public static DeliveryFailed transientFailure(String reason) {
        return new DeliveryFailed(reason, false, null);
    }

    /// The receiver has too much to do.
    ///
    /// @param retryAfter how long it asks to be left alone; null if it does not say
    public static DeliveryFailed throttled(String reason, @Nullable Duration retryAfter) {
        return new DeliveryFailed(reason, false, retryAfter);
    }

    /// The same will not be taken however often it is tried: the receiver is not there, or refuses us.
    public static DeliveryFailed permanentFailure(String reason) {
        return new DeliveryFailed(reason, true, null);
    }

    /// What happened, without anything of what was to be delivered.
    public String reason() {
        return String.valueOf(getMessage());
    }

    public boolean permanent() {
        return permanent;
    }

    /// How long the receiver asked to be left alone; null if it did not.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
