package bellframe.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/// A token bucket for each of any number of keys, full at first; the memory for all of them is bounded.
///
/// A bucket that nobody asked for until it was full is forgotten some time later, which changes nothing. Beyond the bound
/// those used least are dropped before that, and come back full: what they belong to gets a burst too many, and nobody else
/// gets less.
///
/// @param <K> whose bucket it is
public final class TokenBuckets<K> {

    private static final long HEAP_SHARES = 64;
    /// What a bucket takes in memory beside its key, the cache's share included; measured.
    private static final int BUCKET_BYTES = 448;

    /// How much later than it is full a bucket is forgotten: one that a halted thread took the time for long ago must not be
    /// forgotten, and be full again, while others draw on it.
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Function<K, Filling> filling;
    private final Cache<K, Bucket> buckets;
    private final TimeMeter time;

    /// @param keyBytes about how much memory a key takes
    /// @param nanos a clock that never goes back
    public TokenBuckets(Function<K, Filling> filling, ToIntFunction<K> keyBytes, LongSupplier nanos) {
        this(filling, keyBytes, nanos, Runtime.getRuntime().maxMemory() / HEAP_SHARES);
    }

    /// @param maxBytes how much memory all buckets may take
    TokenBuckets(Function<K, Filling> filling, ToIntFunction<K> keyBytes, LongSupplier nanos, long maxBytes) {
        this.filling = filling;
        this.time = new Nanoseconds(nanos);
        this.buckets = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((K key, Bucket _) -> BUCKET_BYTES + keyBytes.applyAsInt(key))
                .expireAfter(Expiry.accessing((K key, Bucket _) -> filling.apply(key).fullAfter().plus(LATER)))
                .ticker(nanos::getAsLong)
                .build();
    }

    /// Takes a token.
    ///
    /// @return false if there is none
    public boolean take(K key) {
        return buckets.get(key, this::full).tryConsume(1);
    }

    /// Whether there is no token to take.
    public boolean isEmpty(K key) {
        Bucket bucket = buckets.getIfPresent(key);
        return bucket != null && bucket.getAvailableTokens() < 1;
    }

    /// How many buckets are kept.
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket full(K key) {
        Filling rate = filling.apply(key);
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.tokens(), rate.period()))
                .withCustomTimePrecision(time)
                .build();
    }

    private record Nanoseconds(LongSupplier source) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return source.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
