package bellframe.outbound.webpush;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.Call;
import bellframe.outbound.calls.CallFailed;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.json.JsonText;
import bellframe.outbound.push.ChimeReference;
import bellframe.outbound.push.CollapseKey;
import bellframe.outbound.push.PushService;
import bellframe.outbound.push.ServiceRefusal;
import bellframe.outbound.push.ShortenedBody;
import bellframe.outbound.push.TimeToLive;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings notifications to browsers (RFC 8030). A device's token is what the browser's `PushSubscription` says as JSON. Safe for
/// use by many threads.
public final class WebPushService implements PushService {

    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;

    /// What a push service that finds a message too large is sent next.
    private static final int[] SHORTER_BYTES = {2_000, 1_000};

    private final WebPushApp app;
    private final Calls calls;
    private final InstantSource clock;
    private final SecureRandom random;

    /// Calls nobody before the first notification.
    ///
    /// @param calls which must allow the hosts of the app
    public WebPushService(WebPushApp app, Calls calls, InstantSource clock, SecureRandom random) {
        this.app = app;
        this.calls = calls;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Outcome push(DeviceNotification notification) throws DeliveryFailed {
        Optional<Subscription> parsed = Subscription.parse(notification.deviceToken());
        if (parsed.isEmpty()) {
            return Outcome.INVALID_DEVICE;
        }
        Subscription subscription = parsed.get();
        if (!app.hosts().include(CallRules.hostOf(subscription.endpoint()))) {
            throw DeliveryFailed.permanentFailure("the browser's endpoint is at none of the push hosts");
        }
        byte[] text = text(notification, EncryptedMessage.TEXT_MAX_BYTES);
        Answer answer = send(notification, subscription, text);
        for (int max : SHORTER_BYTES) {
            if (answer.status() == TOO_LARGE && text.length > max) {
                text = text(notification, max);
                answer = send(notification, subscription, text);
            }
        }
        return outcome(answer, clock.instant());
    }

    private static Outcome outcome(Answer answer, Instant now) throws DeliveryFailed {
        if (answer.successful()) {
            return Outcome.TAKEN;
        }
        if (answer.status() == NOT_FOUND || answer.status() == GONE) {
            return Outcome.INVALID_DEVICE;
        }
        throw ServiceRefusal.of("the push service answered " + answer.status(), answer, now);
    }

    private Answer send(DeviceNotification notification, Subscription subscription, byte[] text)
            throws DeliveryFailed {
        Instant now = clock.instant();
        var headers = Map.of(
                "content-type", List.of("application/octet-stream"),
                "content-encoding", List.of("aes128gcm"),
                "ttl", List.of(Long.toString(TimeToLive.seconds(notification.expires(), now))),
                "urgency", List.of("high"),
                "topic", List.of(CollapseKey.topic(notification.messageId())),
                "authorization", List.of(app.keys().authorization(subscription.endpoint(), app.subject(), now)));
        try {
            return calls.send(new Call("POST", subscription.endpoint(), headers,
                    EncryptedMessage.of(text, subscription, random)));
        } catch (CallFailed failed) {
            throw failed.asDelivery();
        }
    }

    private static byte[] text(DeviceNotification notification, int maxBytes) throws DeliveryFailed {
        return ShortenedBody.fit(notification.body(), maxBytes,
                body -> text(notification, body).getBytes(StandardCharsets.UTF_8), bytes -> bytes.length);
    }

    private static String text(DeviceNotification notification, @Nullable String body) {
        return JsonText.of(json -> {
            json.writeStartObject();
            writeText(json, "title", notification.title());
            writeText(json, "body", body);
            json.writeFieldName("data");
            ChimeReference.write(notification, json);
            json.writeEndObject();
        });
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
