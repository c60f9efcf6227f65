package bellframe.outbound.apns;

import bellframe.outbound.calls.TrustAnchors;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.PushServices.Outcome;
import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client of one app in one environment. It opens its connection with the first notification, and again when it was lost.
final class ApnsConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApnsConnection.class);

    private final ApnsClient client;
    private final Duration limit;

    private ApnsConnection(ApnsClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /// @param limit from handing a notification over to its answer
    /// @throws DeliveryFailed for good if the credentials cannot be read, until the operator has put them right
    static ApnsConnection open(ApnsApp app, ApnsApp.Server server, Duration limit) throws DeliveryFailed {
        try {
            var builder = new ApnsClientBuilder().setApnsServer(server.host(), server.port())
                    .setConnectionTimeout(limit)
                    .setGracefulShutdownTimeout(Duration.ZERO);
            trust(builder, app);
            authenticate(builder, app.credentials());
            return new ApnsConnection(builder.build(), limit);
        } catch (IOException | GeneralSecurityException | RuntimeException problem) {
            log.warn("the files for APNs of {} cannot be used", app.topic(), problem);
            throw DeliveryFailed.permanentFailure("the files for APNs of " + app.topic() + " cannot be used");
        }
    }

    private static void trust(ApnsClientBuilder builder, ApnsApp app) throws IOException {
        if (app.authorities() != null) {
            builder.setTrustedServerCertificateChain(TrustAnchors.read(app.authorities())
                    .added()
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new));
        }
    }

    private static void authenticate(ApnsClientBuilder builder, ApnsApp.Credentials credentials)
            throws IOException, GeneralSecurityException {
        switch (credentials) {
            case ApnsApp.SigningKey(var key, var keyId, var teamId) -> builder
                    .setSigningKey(ApnsSigningKey.loadFromPkcs8File(key.toFile(), teamId, keyId));
            case ApnsApp.Certificate(var store, var password) ->
                builder.setClientCredentials(store.toFile(), password);
        }
    }

    Outcome send(ApnsNotification notification) throws DeliveryFailed {
        return ApnsAnswer.outcome(answer(notification));
    }

    private PushNotificationResponse<ApnsNotification> answer(ApnsNotification notification) throws DeliveryFailed {
        try {
            return client.sendNotification(notification).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw DeliveryFailed.transientFailure("APNs took longer than " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw DeliveryFailed.transientFailure(reason(failed.getCause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw DeliveryFailed.transientFailure("the call to APNs was given up");
        }
    }

    /// Messages of the client and the JDK may quote what came over the wire, so they stay out.
    private static String reason(@Nullable Throwable problem) {
        for (@Nullable
        Throwable at = problem; at != null; at = at.getCause()) {
            switch (at) {
                case UnknownHostException _ -> {
                    return "the host of APNs is not found";
                }
                case ConnectException _ -> {
                    return "APNs takes no connections";
                }
                case SSLException _ -> {
                    return "TLS with APNs failed";
                }
                default -> {
                }
            }
        }
        return "the connection to APNs broke off";
    }

    /// Does not wait: the client's thread ends by itself, some two seconds later.
    @Override
    public void close() {
        var _ = client.close();
    }
}
