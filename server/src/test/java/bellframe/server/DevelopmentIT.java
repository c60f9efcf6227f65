package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A server that was told to believe everybody.
class DevelopmentIT {

    @TempDir
    Path data;

    @Test
    void anyKeyIsBelievedAndKnownOnesKeepTheirPolicies() {
        try (var server = start(); var users = new ScopedUsers(server.clients())) {
            for (AwsCredentials any : List.of(AwsBasicCredentials.create("AKIAANYBODY", "guessed"),
                    AwsSessionCredentials.create("ASIAANYBODY", "guessed", "not a token"))) {
                requireEverything(users.as(any), users.bob());
            }
            AwsCredentials known = users.createUser("known", ScopedUsers.policy("Allow", "\"sts:*\"", "*"));
            requireNothing(users.as(known));
            requireNothing(users.as(AwsBasicCredentials.create(known.accessKeyId(), "another secret")));
            requireNothing(users.asAlice());
        }
    }

    private FaultyServer start() {
        try (var log = new CapturedLog()) {
            var server = new FaultyServer(data, Map.of("BELLFRAME_DEV", "true"));
            assertThat(log.text()).contains("development mode", "ANY key");
            return server;
        }
    }

    private static void requireEverything(SdkClients clients, String user) {
        assertThatCode(() -> clients.identity().listAppInstances(list -> {
        })).doesNotThrowAnyException();
        assertThatCode(() -> clients.iam().listUsers()).doesNotThrowAnyException();
        assertThat(clients.sts().getCallerIdentity().arn()).endsWith(":root");
        URI url = clients.signedRequests()
                .connect(URI.create("ws://localhost:" + clients.signedRequests().endpoint().getPort()),
                        Map.of("userArn", user, "sessionId", "s"), Instant.now(), Duration.ofMinutes(1));
        try (LiveSession session = LiveSession.open(url, null)) {
            assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        }
    }

    private static void requireNothing(SdkClients clients) {
        assertThatThrownBy(() -> clients.identity().listAppInstances(list -> {
        })).isInstanceOf(AwsServiceException.class).hasMessageContaining("not authorized");
        assertThatThrownBy(() -> clients.iam().listUsers()).isInstanceOf(AwsServiceException.class)
                .hasMessageContaining("not authorized");
    }
}
