package bellframe.outbound.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MANY = 20;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AccessTokens tokens = new AccessTokens(
            when -> new AccessTokens.Token("token-" + fetches.incrementAndGet(), when.plus(LIFE)), now::get);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void aTokenIsKeptUntilShortlyBeforeItExpires() throws DeliveryFailed {
        assertThat(tokens.get()).isEqualTo("token-1");
        now.set(Instant.EPOCH.plus(LIFE).minus(AccessTokens.BEFORE_EXPIRY).minusMillis(1));
        assertThat(tokens.get()).isEqualTo("token-1");
        now.set(now.get().plusMillis(1));
        assertThat(tokens.get()).isEqualTo("token-2");
    }

    @Test
    void onlyTheTokenThatIsMeantIsForgotten() throws DeliveryFailed {
        tokens.get();
        tokens.forget("another");
        assertThat(tokens.get()).isEqualTo("token-1");
        tokens.forget("token-1");
        assertThat(tokens.get()).isEqualTo("token-2");
    }

    @Test
    void whoNeedsOneAtTheSameTimeSharesItAndItsFailure() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var count = new AtomicInteger();
        var slow = new AccessTokens(_ -> {
            begun.countDown();
            count.incrementAndGet();
            await(goOn);
            throw DeliveryFailed.throttled("too much", Duration.ofSeconds(7));
        }, now::get);

        var answers = new ArrayList<Future<String>>();
        answers.add(threads.submit(slow::get));
        await(begun);
        var inside = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            answers.add(threads.submit(() -> {
                inside.countDown();
                return slow.get();
            }));
        }
        await(inside);
        goOn.countDown();
        for (Future<String> answer : answers) {
            assertThatThrownBy(answer::get).isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(DeliveryFailed.class, problem -> {
                        assertThat(problem.reason()).isEqualTo("too much");
                        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                    });
        }
        // Whoever came just after the failure begins anew.
        assertThat(count.get()).isLessThanOrEqualTo(MANY + 1);
        assertThat(new AccessTokens.Token("secret", Instant.EPOCH)).asString().doesNotContain("secret");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException problem) {
            throw new AssertionError(problem);
        }
    }
}
