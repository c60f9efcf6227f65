package bellframe.http;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes the ids that answers carry and log lines repeat.
final class RequestIds {

    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final RandomGenerator random;

    /// @param random may be predictable: nothing is granted to those who know an id
    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        long high = (random.nextLong() & ~0xf000L) | VERSION_4;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | VARIANT;
        return new UUID(high, low).toString();
    }
}
