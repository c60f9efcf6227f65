package bellframe.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final int THREADS = 8;
    private static final long KIB = 1024;

    private final AtomicLong nanos = new AtomicLong();

    private TokenBuckets<Integer> buckets(Filling filling, long maxBytes) {
        return new TokenBuckets<>(_ -> filling, _ -> 16, nanos::get, maxBytes);
    }

    @Test
    void aBucketIsEmptyWhenNoTokenIsLeftInIt() {
        TokenBuckets<Integer> buckets = buckets(new Filling(2, 1, 1), 64 * KIB);

        assertThat(buckets.isEmpty(1)).isFalse();
        assertThat(buckets.take(1)).isTrue();
        assertThat(buckets.isEmpty(1)).isFalse();
        assertThat(buckets.take(1)).isTrue();
        assertThat(buckets.isEmpty(1)).isTrue();
        assertThat(buckets.take(1)).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(buckets.isEmpty(1)).isFalse();
    }

    @Test
    void aMillionKeysStayWithinTheBound() {
        TokenBuckets<Integer> buckets = buckets(new Filling(2, 1, 1), 1024 * KIB);

        for (int key = 0; key < 1_000_000; key++) {
            buckets.take(key);
        }

        assertThat(buckets.size()).isBetween(100L, 1024 * KIB / 256);
    }

    @Test
    void whatNobodyAskedForUntilItWasFullIsForgottenAMinuteLater() {
        TokenBuckets<Integer> buckets = buckets(new Filling(10, 5, 1), 64 * KIB);
        buckets.take(1);
        nanos.addAndGet(Duration.ofSeconds(62).toNanos() - 1);
        assertThat(buckets.size()).isEqualTo(1);

        // The cache looks at such things about once a second.
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(buckets.size()).isZero();
    }

    @Test
    void howeverManyDrawAtOnceTheRateHolds() throws Exception {
        TokenBuckets<Integer> buckets = buckets(new Filling(20, 10, 1), 64 * KIB);
        var tasks = new ArrayList<Callable<Integer>>();
        for (int thread = 0; thread < THREADS; thread++) {
            tasks.add(() -> {
                int taken = 0;
                for (int i = 0; i < 100_000; i++) {
                    taken += buckets.take(7) ? 1 : 0;
                    // Together the threads make ten seconds pass, evenly.
                    nanos.addAndGet(Duration.ofSeconds(10).toNanos() / THREADS / 100_000);
                }
                return taken;
            });
        }

        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Integer> one : threads.invokeAll(tasks)) {
                taken += one.get();
            }
        }

        assertThat(taken).isBetween(100, 20 + 100);
    }
}
