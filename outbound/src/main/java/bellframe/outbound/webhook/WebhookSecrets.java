package bellframe.outbound.webhook;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The secrets that receivers know webhooks by. While one is replaced there are two, and each signs everything.
public final class WebhookSecrets {

    private static final String PREFIX = "whsec_";
    private static final int SECRETS_MAX = 2;
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final List<byte[]> keys;

    private WebhookSecrets(List<byte[]> keys) {
        this.keys = keys;
    }

    /// Empty if the text is not one or two secrets of the specification, separated by a space: `whsec_` and 24 to 64 bytes
    /// in Base64.
    public static Optional<WebhookSecrets> parse(String text) {
        var keys = new ArrayList<byte[]>();
        for (String secret : text.split(" ", -1)) {
            Optional<byte[]> key = key(secret);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return keys.size() > SECRETS_MAX ? Optional.empty() : Optional.of(new WebhookSecrets(List.copyOf(keys)));
    }

    private static Optional<byte[]> key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            return key.length < MIN_BYTES || key.length > MAX_BYTES ? Optional.empty() : Optional.of(key);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    List<byte[]> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "WebhookSecrets[not shown]";
    }
}
