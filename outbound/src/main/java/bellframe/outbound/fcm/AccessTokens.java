package bellframe.outbound.fcm;

import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Keeps the access token of a service account until shortly before it expires. Of those who need another one at the same
/// time, one fetches it, and all share what comes of that.
final class AccessTokens {

    /// Longer than a call may take.
    static final Duration BEFORE_EXPIRY = Duration.ofMinutes(2);

    /// What FCM knows this server by for a while.
    record Token(String value, Instant expires) {

        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    /// Gets tokens.
    interface Fetching {

        Token fetch(Instant now) throws DeliveryFailed;
    }

    private final Fetching fetching;
    private final InstantSource clock;
    private @Nullable Token kept;
    private @Nullable CompletableFuture<Token> underWay;

    AccessTokens(Fetching fetching, InstantSource clock) {
        this.fetching = fetching;
        this.clock = clock;
    }

    /// One that is good for long enough.
    String get() throws DeliveryFailed {
        CompletableFuture<Token> answer;
        boolean mine;
        synchronized (this) {
            Token known = kept;
            if (known != null && clock.instant().isBefore(known.expires().minus(BEFORE_EXPIRY))) {
                return known.value();
            }
            mine = underWay == null;
            answer = underWay == null ? new CompletableFuture<>() : underWay;
            underWay = answer;
        }
        if (mine) {
            fetch(answer);
        }
        return await(answer).value();
    }

    /// Does not give out this one any more, since FCM does not know it.
    synchronized void forget(String value) {
        if (kept != null && kept.value().equals(value)) {
            kept = null;
        }
    }

    private void fetch(CompletableFuture<Token> answer) {
        try {
            Token fetched = fetching.fetch(clock.instant());
            done(fetched);
            answer.complete(fetched);
        } catch (DeliveryFailed | RuntimeException problem) {
            done(null);
            answer.completeExceptionally(problem);
        }
    }

    private synchronized void done(@Nullable Token fetched) {
        kept = fetched;
        underWay = null;
    }

    private static Token await(CompletableFuture<Token> answer) throws DeliveryFailed {
        try {
            return answer.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw DeliveryFailed.transientFailure("the call to FCM was given up");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof DeliveryFailed problem) {
                throw again(problem);
            }
            throw new IllegalStateException("no token could be got", failed.getCause());
        }
    }

    /// An exception of one's own, since several may throw the same otherwise.
    private static DeliveryFailed again(DeliveryFailed problem) {
        if (problem.permanent()) {
            return DeliveryFailed.permanentFailure(problem.reason());
        }
        return problem.retryAfter() == null
                ? DeliveryFailed.transientFailure(problem.reason())
                : DeliveryFailed.throttled(problem.reason(), problem.retryAfter());
    }
}
