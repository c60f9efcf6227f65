package bellframe.outbound.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.calls.TrustAnchors;
import bellframe.sts.TokenIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeysByProviderTest {

    @AutoClose
    private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> made = new ArrayList<>();
    private final KeysByProvider keys = new KeysByProvider(this::make);

    @Test
    void whoeverWasAskedForLongestAgoIsForgotten() {
        for (int i = 0; i < 100; i++) {
            keys.of(provider(i));
        }
        keys.of(provider(0));
        keys.of(provider(100));
        made.clear();

        keys.of(provider(0));
        keys.of(provider(100));
        assertThat(made).isEmpty();
        keys.of(provider(1));
        assertThat(made).containsExactly(provider(1).url());
    }

    private ProviderKeys make(String url) {
        made.add(url);
        FetchLimits limits = FetchLimits.STANDARD;
        var documents = new Documents(new TrustAnchors(List.of()), limits.connecting());
        return new ProviderKeys(new PublishedKeys(url, documents, fetching, limits.whole(), () -> Instant.EPOCH),
                fetching, limits.whole(), () -> Instant.EPOCH);
    }

    private static TokenIssuer provider(int number) {
        return new TokenIssuer("https://provider-" + number, List.of("app"));
    }
}
