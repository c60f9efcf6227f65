package bellframe.outbound.oidc;

import bellframe.sts.TokenIssuer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// The keys of the providers that were asked for last. Whoever is forgotten is fetched again.
final class KeysByProvider {

    /// As many providers as IAM lets an account have.
    private static final int KEPT_MAX = 100;

    private final Function<String, ProviderKeys> making;
    private final Map<String, ProviderKeys> kept = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ProviderKeys> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /// @param making makes the keys of a URL, without fetching any
    KeysByProvider(Function<String, ProviderKeys> making) {
        this.making = making;
    }

    synchronized ProviderKeys of(TokenIssuer provider) {
        return kept.computeIfAbsent(provider.url(), making);
    }
}
