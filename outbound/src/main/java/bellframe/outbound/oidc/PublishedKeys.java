package bellframe.outbound.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the keys that one provider publishes: its discovery document says where they are (OpenID Connect Discovery 1.0,
/// section 4).
///
/// Called by one thread at a time, under the lock of what keeps the keys.
final class PublishedKeys implements JWKSetSource<SecurityContext> {

    private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /// A fetch that came to nothing.
    ///
    /// @param endedAt in milliseconds of the clock
    private record Failure(long endedAt, JWKSetUnavailableException problem) {
    }

    private final String provider;
    private final Documents documents;
    private final ExecutorService fetching;
    private final Duration limit;
    private final InstantSource clock;
    private @Nullable Failure last;

    /// @param limit what does not end within it has failed
    PublishedKeys(String provider, Documents documents, ExecutorService fetching, Duration limit,
            InstantSource clock) {
        this.provider = provider;
        this.documents = documents;
        this.fetching = fetching;
        this.limit = limit;
        this.clock = clock;
    }

    /// Those who began to wait before a fetch failed have waited as long as they may, and share its failure.
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator unused, long askedAt, @Nullable SecurityContext none)
            throws JWKSetUnavailableException {
        if (last != null && askedAt <= last.endedAt()) {
            throw last.problem();
        }
        try {
            JWKSet keys = fetchWithinLimit();
            last = null;
            return keys;
        } catch (JWKSetUnavailableException problem) {
            log.warn("the keys of identity provider {} could not be fetched: {}", provider, problem.getMessage());
            last = new Failure(clock.millis(), problem);
            throw problem;
        }
    }

    /// On a thread of its own, since a name's resolution and a slow body have no time limits that could be set.
    private JWKSet fetchWithinLimit() throws JWKSetUnavailableException {
        Future<JWKSet> fetch = fetching.submit(this::fetch);
        try {
            return fetch.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            throw new JWKSetRetrievalException("it took longer than " + limit.toMillis() + " ms", tooLong);
        } catch (ExecutionException failed) {
            throw new JWKSetRetrievalException(String.valueOf(failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JWKSetRetrievalException("the server stops", interrupted);
        } finally {
            fetch.cancel(true);
        }
    }

    private JWKSet fetch() throws IOException, ParseException, InterruptedException {
        Map<String, Object> discovered = object(documents.get(discoveryAddress()));
        if (!provider.equals(discovered.get("issuer"))) {
            throw new IOException("its discovery document names another issuer");
        }
        String address = JSONObjectUtils.getString(discovered, "jwks_uri");
        if (address == null) {
            throw new IOException("its discovery document has no jwks_uri");
        }
        return keys(object(documents.get(address)));
    }

    private static Map<String, Object> object(String document) throws ParseException {
        Map<String, Object> object = JSONObjectUtils.parse(document);
        if (object == null) {
            throw new ParseException("a document is null", 0);
        }
        return object;
    }

    private String discoveryAddress() {
        return (provider.endsWith("/") ? provider.substring(0, provider.length() - 1) : provider) + DISCOVERY;
    }

    /// Passes over keys that are not understood, as RFC 7517, section 5, asks, and secrets, which have no public half.
    private static JWKSet keys(Map<String, Object> document) throws ParseException {
        Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(document, "keys");
        if (entries == null) {
            throw new ParseException("the document of keys has none", 0);
        }
        var keys = new ArrayList<JWK>();
        for (Map<String, Object> entry : entries) {
            try {
                JWK key = JWK.parse(entry).toPublicJWK();
                if (key != null) {
                    keys.add(key);
                }
            } catch (ParseException | RuntimeException _) {
                // The parser does not tell all that is wrong with a key in one way.
            }
        }
        return new JWKSet(keys);
    }

    @Override
    public void close() {
    }
}
