package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.chimesdkmessaging.model.SearchField;
import software.amazon.awssdk.services.chimesdkmessaging.model.ThrottledClientException;

/// The rates of profile `aws` as clients meet them, and the bounds of an address behind a trusted proxy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT {

    /// So that a slow machine is fast enough to meet the rates.
    private static final int PERCENT = 30;
    private static final int BEARER_BURST = 6;
    /// More than any rate that is met here allows in the time.
    private static final int MANY = 1_000;
    private static final int SESSIONS = 8;
    private static final int TOO_OFTEN = 4429;
    private static final Duration LIFETIME = Duration.ofSeconds(10);

    @RegisterExtension
    static final RunningServer server = new RunningServer()
            .with("BELLFRAME_LIMITS", "aws")
            .with("BELLFRAME_RATES_PERCENT", Integer.toString(PERCENT))
            .with("BELLFRAME_TRUSTED_PROXIES", "127.0.0.0/8,::1")
            .with("BELLFRAME_FAILED_SIGNATURES_PER_MINUTE_MAX", "3");

    private SdkClients clients;
    private String ada;
    private String bob;
    private String channel;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        ada = clients.user("ada");
        bob = clients.user("bob");
        channel = clients.channel(ada, bob);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void oneBearerIsThrottledWhileAnotherIsNot() {
        String eager = clients.user("eager");

        ThrottledClientException refused = catchThrowableOfType(ThrottledClientException.class,
                () -> IntStream.range(0, MANY).forEach(_ -> search(eager)));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.codeAsString()).isEqualTo("Throttled");
        assertThat(refused.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After")).hasValue("1");
        for (int i = 0; i < BEARER_BURST; i++) {
            search(bob);
        }
    }

    private void search(String bearer) {
        SearchField members = SearchField.builder().key("MEMBERS").operator("EQUALS").values(bearer).build();
        clients.messaging().searchChannels(search -> search.chimeBearer(bearer).fields(members));
    }

    @Test
    void oneUserConnectsOnceASecond() {
        // More than there are seconds, however slow the machine.
        List<LiveSession> sessions = IntStream.range(0, SESSIONS).mapToObj(i -> open("session-" + i)).toList();
        try {
            assertThat(CompletableFuture.anyOf(sessions.stream()
                    .map(session -> CompletableFuture.supplyAsync(session::closeCode, Thread::startVirtualThread))
                    .toArray(CompletableFuture<?>[]::new)).join()).isEqualTo(TOO_OFTEN);
        } finally {
            sessions.forEach(LiveSession::close);
        }
    }

    private LiveSession open(String sessionId) {
        URI base = URI.create("ws://localhost:" + server.port());
        return LiveSession.open(clients.signedRequests()
                .connect(base, Map.of("userArn", ada, "sessionId", sessionId), Instant.now(), LIFETIME), null);
    }

    @Test
    void anAddressWhoseSignaturesFailIsHeldBackAndNotTheProxy() {
        SignedRequests guesses = clients.signedRequests().withSecret("not the secret that it should be");
        for (int guess = 0; guess < 3; guess++) {
            assertThat(listMessages(guesses, "203.0.113.7")).isEqualTo(403);
        }

        assertThat(listMessages(clients.signedRequests(), "203.0.113.7")).isEqualTo(429);
        assertThat(listMessages(clients.signedRequests(), "203.0.113.8")).isEqualTo(200);
    }

    private int listMessages(SignedRequests requests, String address) {
        return requests.send(SdkHttpMethod.GET, SignedRequests.channelPath(channel) + "/messages",
                Map.of("x-amz-chime-bearer", ada, "X-Forwarded-For", address), "").statusCode();
    }
}
