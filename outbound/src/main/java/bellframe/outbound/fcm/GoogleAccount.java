package bellframe.outbound.fcm;

import bellframe.outbound.calls.CallFailed;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.RetryAfter;
import bellframe.outbound.push.ServiceRefusal;
import bellframe.outbox.DeliveryFailed;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A service account of Google, and how it comes by access tokens: it signs an assertion, and the token server answers with a
/// token that is good for an hour.
final class GoogleAccount {

    private static final Logger log = LoggerFactory.getLogger(GoogleAccount.class);

    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/firebase.messaging");

    private final ServiceAccountCredentials credentials;

    private GoogleAccount(ServiceAccountCredentials credentials) {
        this.credentials = credentials;
    }

    /// @throws DeliveryFailed for good if the file cannot be used, until the operator has put it right
    static GoogleAccount read(Path file, Calls calls) throws DeliveryFailed {
        try (InputStream in = Files.newInputStream(file)) {
            return new GoogleAccount(ServiceAccountCredentials.fromStream(in, () -> new CallsHttpTransport(calls))
                    .toBuilder()
                    .setScopes(SCOPES)
                    .setDefaultRetriesEnabled(false)
                    .build());
        } catch (IOException | RuntimeException problem) {
            // Its message may quote the file.
            log.warn("the service account in {} cannot be used: {}", file, problem.getClass().getName());
            throw DeliveryFailed.permanentFailure("the service account for FCM cannot be used");
        }
    }

    /// Asks the token server.
    ///
    /// @param now for what it says of when to ask again
    AccessTokens.Token fetch(Instant now) throws DeliveryFailed {
        try {
            AccessToken token = credentials.refreshAccessToken();
            Date expires = token.getExpirationTime();
            return new AccessTokens.Token(token.getTokenValue(), expires == null ? now : expires.toInstant());
        } catch (IOException | RuntimeException problem) {
            throw failure(problem, now);
        }
    }

    /// Messages of the library quote answers, so they stay out.
    private static DeliveryFailed failure(Exception problem, Instant now) {
        for (@Nullable
        Throwable at = problem; at != null; at = at.getCause()) {
            switch (at) {
                case CallFailed failed -> {
                    return failed.asDelivery();
                }
                case HttpResponseException refused -> {
                    return ServiceRefusal.of("Google's token server answered " + refused.getStatusCode(),
                            refused.getStatusCode(), refused.getHeaders().getFirstHeaderStringValue(RetryAfter.HEADER),
                            now);
                }
                default -> {
                }
            }
        }
        log.warn("a token of Google could not be got: {}", problem.getClass().getName());
        return DeliveryFailed.transientFailure("Google's token server answered something else than a token");
    }
}
