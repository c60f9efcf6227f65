package bellframe.outbound.webhook;

import bellframe.outbound.calls.TestReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a receiver does that verifies webhooks as the Standard Webhooks specification says.
public final class WebhookCheck {

    private WebhookCheck() {
    }

    /// Whether one of the signatures is made with this secret.
    public static boolean isSigned(Received request, String secret) {
        String signed = request.header("webhook-id") + '.' + request.header("webhook-timestamp") + '.'
                + request.text();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            String expected = Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return List.of(request.header("webhook-signature").split(" ", -1)).contains("v1," + expected);
        } catch (GeneralSecurityException problem) {
            throw new AssertionError(problem);
        }
    }
}
