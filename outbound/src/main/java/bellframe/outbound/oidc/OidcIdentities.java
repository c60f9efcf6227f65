package bellframe.outbound.oidc;

import bellframe.outbound.calls.TrustAnchors;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.TokenIssuer;
import bellframe.sts.WebIdentities;
import bellframe.sts.WebIdentity;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Verifies ID tokens of OpenID Connect providers. Safe for use by many threads.
///
/// The signature is judged before the claims: what a token says decides nothing before it is known who says it, except
/// whose keys are looked for.
public final class OidcIdentities implements WebIdentities, AutoCloseable {

    private final InstantSource clock;
    private final Documents documents;
    private final ExecutorService fetching = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("oidc-", 0).factory());
    private final KeysByProvider keys;

    /// @param authorities certificates in PEM, of authorities that are trusted beside those of the JDK
    /// @throws IOException if they cannot be read
    public OidcIdentities(@Nullable Path authorities, InstantSource clock) throws IOException {
        this(authorities, clock, FetchLimits.STANDARD);
    }

    OidcIdentities(@Nullable Path authorities, InstantSource clock, FetchLimits limits) throws IOException {
        this.clock = clock;
        this.documents = new Documents(TrustAnchors.read(authorities), limits.connecting());
        this.keys = new KeysByProvider(
                url -> new ProviderKeys(new PublishedKeys(url, documents, fetching, limits.whole(), clock), fetching,
                        limits.whole(), clock));
    }

    @Override
    public String issuerOf(String token) {
        return SignedToken.parse(token).issuer();
    }

    @Override
    public WebIdentity verify(TokenIssuer provider, String token) {
        var signed = SignedToken.parse(token);
        if (!signed.issuer().equals(provider.url()) || !signed.mayBeVerified()) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        if (candidates(provider, signed).stream().noneMatch(signed::isSignedWith)) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        return new ClaimRules(provider, clock.instant()).identity(signed.claims());
    }

    private List<JWK> candidates(TokenIssuer provider, SignedToken token) {
        try {
            return keys.of(provider).matching(token.header());
        } catch (KeySourceException _) {
            throw new Refused(Refusal.IDP_COMMUNICATION_ERROR);
        }
    }

    /// Gives up the fetches under way; nothing is verified any more.
    @Override
    public void close() {
        fetching.shutdownNow();
        documents.close();
    }
}
