package bellframe.refusals;

import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;

/// An expected refusal: thrown by operations, answered by the wire. Carries no stack trace.
public final class Refused extends RuntimeException {

    private final Refusal refusal;

    public Refused(Refusal refusal) {
        this(refusal, refusal.text());
    }

    /// @param message what the caller is told instead of the table's text
    public Refused(Refusal refusal, String message) {
        super(message, null, false, false);
        this.refusal = refusal;
    }

    /// What the caller is told when an operation ends in `failure`: anything unexpected is an internal failure, whose
    /// cause stays inside.
    public static Refused because(Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused;
            case StorageUnavailable _ -> new Refused(Refusal.UNAVAILABLE);
            case StorageFailure unknown when unknown.isDiskFull() -> new Refused(Refusal.UNAVAILABLE);
            default -> new Refused(Refusal.INTERNAL_FAILURE);
        };
    }

    public Refusal refusal() {
        return refusal;
    }
}
