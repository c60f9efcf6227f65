package bellframe.refusals;

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

    public Refusal refusal() {
        return refusal;
    }
}
