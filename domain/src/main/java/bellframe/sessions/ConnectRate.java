package bellframe.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How often each user has connected in the second that began with the first of its connects.
final class ConnectRate {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final int perSecondMax;
    private final Cache<String, AtomicInteger> connects;

    /// @param perSecondMax 0 for any number
    ConnectRate(int perSecondMax, Ticker ticker) {
        this.perSecondMax = perSecondMax;
        this.connects = Caffeine.newBuilder().expireAfterWrite(WINDOW).ticker(ticker).build();
    }

    /// Counts one more connect of a user.
    ///
    /// @return whether it may
    boolean allows(String userArn) {
        return perSecondMax == 0
                || connects.get(userArn, _ -> new AtomicInteger()).incrementAndGet() <= perSecondMax;
    }
}
