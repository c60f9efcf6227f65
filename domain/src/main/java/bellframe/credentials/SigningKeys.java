package bellframe.credentials;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Derives signing keys from secrets, and keeps those that have proved themselves.
///
/// A key is kept only once a signature made with it was right, so that nobody can fill the cache with keys of their
/// own choosing. Safe for use by many threads.
final class SigningKeys {

    private static final int KEPT_MAX = 10_000;

    private final Cache<Source, HmacKey> kept = Caffeine.newBuilder()
            .maximumSize(KEPT_MAX)
            .executor(Runnable::run)
            .build();

    /// What a signing key was derived from: the secret too, so that a new secret never meets an old signing key.
    private record Source(String keyId, String secret, CredentialScope scope) {

        static Source of(AccessKey key, CredentialScope scope) {
            return new Source(key.id(), key.secret(), scope);
        }

        @Override
        public String toString() {
            return "Source[" + keyId + " " + scope + "]";
        }
    }

    /// The kept key for this secret and scope; null if there is none.
    @Nullable
    HmacKey find(AccessKey key, CredentialScope scope) {
        return kept.getIfPresent(Source.of(key, scope));
    }

    void keep(AccessKey key, CredentialScope scope, HmacKey signingKey) {
        kept.put(Source.of(key, scope), signingKey);
    }

    static HmacKey derive(String secret, CredentialScope scope) {
        byte[] ofSecret = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        byte[] ofDay = new HmacKey(ofSecret).sign(scope.day());
        byte[] ofRegion = new HmacKey(ofDay).sign(scope.region());
        byte[] ofService = new HmacKey(ofRegion).sign(scope.service());
        return new HmacKey(new HmacKey(ofService).sign(CredentialScope.TERMINATOR));
    }
}
