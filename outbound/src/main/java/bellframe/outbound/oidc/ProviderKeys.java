package bellframe.outbound.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// The keys of one provider, kept.
///
/// Requests that need the same fetch wait for one, under a lock that belongs to this provider alone and is held no longer
/// than a fetch may take. Who finds its key among those kept takes no lock.
///
/// The sources are put together here, not by `JWKSourceBuilder`, whose product reads the system's clock.
final class ProviderKeys {

    static final Duration LIFE = Duration.ofMinutes(15);
    /// From then on whoever asks has new keys fetched behind its back, so that in the end nobody waits for them.
    private static final Duration REFRESHED_BEFORE_END = Duration.ofMinutes(5);
    /// How old keys may become while their provider cannot be reached.
    static final Duration LIFE_IN_OUTAGE = Duration.ofHours(24);
    /// In such a time keys are fetched twice at most: once because they are missing or old, once because the provider has
    /// changed them since. Whoever makes up key ids causes no more.
    static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
    /// Who waits for another's fetch waits for its end and not for a moment less.
    private static final Duration WAITING_MARGIN = Duration.ofSeconds(1);

    private final JWKSetSource<SecurityContext> source;
    private final InstantSource clock;

    ProviderKeys(PublishedKeys published, ExecutorService refreshing, Duration fetchLimit, InstantSource clock) {
        var keptInOutage = new OutageTolerantJWKSetSource<>(published, LIFE_IN_OUTAGE.toMillis(), null);
        var seldomFetched = new RateLimitedJWKSetSource<>(keptInOutage, FETCH_INTERVAL.toMillis(), null);
        this.source = new RefreshAheadCachingJWKSetSource<>(seldomFetched, LIFE.toMillis(),
                fetchLimit.plus(WAITING_MARGIN).toMillis(), REFRESHED_BEFORE_END.toMillis(), false, refreshing, false,
                null);
        this.clock = clock;
    }

    /// The keys that a token of this header may be signed with; if none is known, the provider is asked whether it has
    /// a new one.
    ///
    /// @throws KeySourceException if no keys are to be had
    List<JWK> matching(JWSHeader header) throws KeySourceException {
        var selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        long now = clock.millis();
        JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, null);
        List<JWK> matching = selector.select(known);
        return matching.isEmpty() ? selector.select(newerThan(known, now)) : matching;
    }

    private JWKSet newerThan(JWKSet known, long now) {
        try {
            return source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, null);
        } catch (KeySourceException _) {
            return known;
        }
    }
}
