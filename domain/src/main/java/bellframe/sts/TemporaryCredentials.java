package bellframe.sts;

import java.time.Instant;

/// What a client gets that is to act as somebody for a while.
public record TemporaryCredentials(
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        Instant expiration) {

    static TemporaryCredentials of(TemporaryKey key, String token) {
        return new TemporaryCredentials(key.id(), key.secret(), token, key.facts().expires());
    }

    @Override
    public String toString() {
        return "TemporaryCredentials[" + accessKeyId + "]";
    }
}
