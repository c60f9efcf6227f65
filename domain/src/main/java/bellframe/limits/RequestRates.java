package bellframe.limits;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.function.LongSupplier;

/// Holds requests to the rates that AWS documents. May be asked by any thread, and never blocks.
public final class RequestRates {

    /// What a rate is drawn by.
    private record Drawn(Rate rate, String subject) {

        private static final int FIELDS_BYTES = 64;
        private static final int CHARACTER_BYTES = 2;

        int bytes() {
            return FIELDS_BYTES + CHARACTER_BYTES * subject.length();
        }
    }

    private final TokenBuckets<Drawn> buckets;

    /// @param percent how much of each documented rate is allowed
    /// @param nanos a clock that never goes back
    public RequestRates(int percent, LongSupplier nanos) {
        buckets = new TokenBuckets<>(drawn -> drawn.rate().filling(percent), Drawn::bytes, nanos);
    }

    /// Counts one request for each of the rates, up to the first that has no room for it.
    ///
    /// @param resources the ARNs that policies are evaluated on, the bearer first if there is one
    /// @throws Refused with [Refusal#THROTTLED] if there is no room
    public void draw(List<Rate> rates, List<String> resources) {
        for (Rate rate : rates) {
            if (!buckets.take(new Drawn(rate, rate.scope().subject(resources)))) {
                throw new Refused(Refusal.THROTTLED);
            }
        }
    }
}
