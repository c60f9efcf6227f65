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

    private final Cache<Source, byte[]> kept = Caffeine.newBuilder()
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

    byte[] get(AccessKey key, CredentialScope scope) {
        byte @Nullable [] known = kept.getIfPresent(Source.of(key, scope));
        return known == null ? derive(key.secret(), scope) : known;
    }

    void keep(AccessKey key, CredentialScope scope, byte[] signingKey) {
        kept.asMap().putIfAbsent(Source.of(key, scope), signingKey);
    }

    static byte[] derive(String secret, CredentialScope scope) {
        byte[] ofSecret = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        byte[] ofDay = Sha256.hmac(ofSecret, scope.day());
        byte[] ofRegion = Sha256.hmac(ofDay, scope.region());
        byte[] ofService = Sha256.hmac(ofRegion, scope.service());
        return Sha256.hmac(ofService, CredentialScope.TERMINATOR);
    }
}
