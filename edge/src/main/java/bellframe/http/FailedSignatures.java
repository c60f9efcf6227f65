package bellframe.http;

import bellframe.limits.Filling;
import bellframe.limits.TokenBuckets;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds how often somebody may fail to prove who they are: an address that has done so too often is not listened to
/// for a while, so that nobody can try out secrets or keep the server busy with signatures.
///
/// What is looked at when the bound is reached still fails at its own pace, so that a few more than the bound may.
public final class FailedSignatures {

    private static final Set<Refusal> FAILURES = EnumSet.of(
            Refusal.MISSING_AUTHENTICATION,
            Refusal.INCOMPLETE_SIGNATURE,
            Refusal.UNRECOGNIZED_CLIENT,
            Refusal.INVALID_SIGNATURE,
            Refusal.EXPIRED_TOKEN,
            Refusal.INVALID_IDENTITY_TOKEN,
            Refusal.EXPIRED_IDENTITY_TOKEN,
            Refusal.IDP_REJECTED_CLAIM);

    private static final Logger LOG = LoggerFactory.getLogger(FailedSignatures.class);
    private static final int MINUTE_SECONDS = 60;
    private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(MINUTE_SECONDS);
    private static final int ADDRESS_BYTES = 96;

    private final int perMinuteMax;
    private final TokenBuckets<InetAddress> buckets;
    private final Counter failed;
    private final Counter unread;
    private final Clock clock;
    private final AtomicLong nextWarning;

    /// @param perMinuteMax 0 for any number
    public FailedSignatures(int perMinuteMax, MeterRegistry metrics) {
        this.perMinuteMax = perMinuteMax;
        this.clock = metrics.config().clock();
        this.nextWarning = new AtomicLong(clock.monotonicTime());
        this.buckets = new TokenBuckets<>(_ -> new Filling(perMinuteMax, perMinuteMax, MINUTE_SECONDS),
                _ -> ADDRESS_BYTES, clock::monotonicTime);
        this.failed = Counter.builder("bellframe.signatures.failed")
                .description("Requests and connects whose signature or identity token was refused")
                .register(metrics);
        this.unread = Counter.builder("bellframe.signatures.unread")
                .description(
                        "Requests and connects refused unread, since too many signatures of their address had failed")
                .register(metrics);
    }

    /// Refuses whoever has failed too often.
    ///
    /// @param network see [Client#network]
    /// @throws Refused with [Refusal#THROTTLED]
    public void check(InetAddress network) {
        if (perMinuteMax > 0 && buckets.isEmpty(network)) {
            unread.increment();
            warn(network);
            throw new Refused(Refusal.THROTTLED);
        }
    }

    /// Says so once a minute: all clients of a proxy that nobody named would be one address.
    private void warn(InetAddress network) {
        long now = clock.monotonicTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + WARNING_NANOS)) {
            LOG.warn("{} had more than {} signatures refused in a minute and is not listened to for a while;"
                    + " a proxy must be among trustedProxies", network.getHostAddress(), perMinuteMax);
        }
    }

    /// Whether a refusal is one of a signature or an identity token.
    static boolean include(Refusal refusal) {
        return FAILURES.contains(refusal);
    }

    /// Counts a refusal if it is one of a signature or an identity token.
    public void count(InetAddress network, Refusal refusal) {
        if (!FAILURES.contains(refusal)) {
            return;
        }
        failed.increment();
        if (perMinuteMax > 0) {
            buckets.take(network);
        }
    }
}
