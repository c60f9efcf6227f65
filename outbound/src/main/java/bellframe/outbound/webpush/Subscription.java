package bellframe.outbound.webpush;

import bellframe.outbound.json.JsonValue;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A browser that wants messages: what its `PushSubscription` says as JSON.
///
/// @param endpoint the address at the push service, which is a secret between it, the browser and this server
/// @param key the browser's
/// @param auth what browser and server share beside it
record Subscription(URI endpoint, ECPublicKey key, byte[] auth) {

    private static final int AUTH_BYTES = 16;

    /// Empty if the text is none.
    static Optional<Subscription> parse(String json) {
        JsonValue subscription = JsonValue.parse(json).orElse(JsonValue.Bare.NULL);
        URI endpoint = endpoint(subscription.get("endpoint").text());
        byte[] auth = bytes(subscription.get("keys").get("auth").text());
        if (endpoint == null || auth.length != AUTH_BYTES) {
            return Optional.empty();
        }
        return P256.publicKey(bytes(subscription.get("keys").get("p256dh").text()))
                .map(key -> new Subscription(endpoint, key, auth));
    }

    private static @Nullable URI endpoint(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var address = URI.create(text);
            return address.getHost() == null || address.getScheme() == null ? null : address;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte[] bytes(@Nullable String base64) {
        try {
            return base64 == null ? new byte[0] : Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /// Leaves out everything: whoever knows it can send to the browser.
    @Override
    public String toString() {
        return "Subscription[not shown]";
    }
}
