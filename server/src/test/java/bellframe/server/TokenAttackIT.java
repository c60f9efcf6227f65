package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.outbound.oidc.OidcProviderServer;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkGlobalTime;

/// Tokens that are none, or of somebody else, or not good any more, shown to STS and to the exchange.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttackIT {

    private static final String TAGS_CLAIM = "https://aws.amazon.com/tags";
    private static final String INVALID = "InvalidIdentityToken";
    private static final String CLIENT = "app";
    private static final String ROLE = "web";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OidcProviderServer provider = new OidcProviderServer();
    private final OidcProviderServer registered = new OidcProviderServer();
    private final OidcProviderServer unregistered = new OidcProviderServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration ahead = Duration.ZERO;

    private FaultyServer server;
    private Path audit;
    private ScopedUsers users;
    private SdkClients root;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Installation installation = Installation.complete(DataFolder.create(data), ServerConfig.defaults(),
                new SecureRandom());
        Path authorities = Files.writeString(folder.resolve("authorities.pem"),
                Files.readString(provider.writeAuthority(folder))
                        + Files.readString(registered.writeAuthority(folder)));
        server = new FaultyServer(data, Map.of(
                "BELLFRAME_CREDENTIAL_EXCHANGE_PROVIDER", provider.url(),
                "BELLFRAME_CREDENTIAL_EXCHANGE_ROLE", "arn:aws:iam::" + installation.account() + ":role/" + ROLE,
                "BELLFRAME_IDENTITY_PROVIDER_CA_FILE", authorities.toString()), this::now);
        audit = data.resolve("audit/audit.jsonl");
        root = server.clients();
        users = new ScopedUsers(root);
        createRole(List.of(register(provider), register(registered)));
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    private String register(OidcProviderServer known) {
        return root.iam()
                .createOpenIDConnectProvider(create -> create.url(known.url()).clientIDList(CLIENT))
                .openIDConnectProviderArn();
    }

    private void createRole(List<String> providers) {
        root.iam().createRole(role -> role.roleName(ROLE).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": ["%s"]},
                 "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]}}
                """.formatted(String.join("\",\"", providers))));
        root.iam().putRolePolicy(put -> put.roleName(ROLE).policyName("chat").policyDocument(users.ownUserOnly()));
    }

    @AfterEach
    void goBackInTime() {
        ahead = Duration.ZERO;
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    @AfterAll
    void stop() {
        users.close();
        server.close();
        List.of(provider, registered, unregistered).forEach(OidcProviderServer::close);
        http.close();
    }

    private Map<String, Object> claims(String subject) {
        return provider.claims(subject, CLIENT, now());
    }

    private Map<String, Object> claims(String subject, String name, Object value) {
        Map<String, Object> claims = new HashMap<>(claims(subject));
        claims.put(name, value);
        return claims;
    }

    private HttpResponse<String> exchange(String method, String... headers) {
        var request = HttpRequest.newBuilder(root.signedRequests().endpoint().resolve("/creds"))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new AssertionError(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    private HttpResponse<String> exchange(String token) {
        return exchange("POST", "Authorization", "Bearer " + token);
    }

    private void assume(String token) {
        root.sts()
                .assumeRoleWithWebIdentity(assume -> assume.roleArn(users.roleArn(ROLE))
                        .roleSessionName("a-session")
                        .webIdentityToken(token));
    }

    private void assertRefusedByBoth(String token, int status, String code) {
        assertRefused(code, status, () -> assume(token));
        HttpResponse<String> answer = exchange(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue(code);
    }

    private static void assertRefused(String code, int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).as(refused.getMessage()).isEqualTo(code);
            assertThat(refused.statusCode()).isEqualTo(status);
        });
    }

    @Test
    void aTokenThatNobodySignedIsNone() {
        assertThatCode(() -> assume(provider.token(claims("alice")))).doesNotThrowAnyException();

        assertRefusedByBoth(provider.unsignedToken(claims("alice")), 400, INVALID);
        assertRefusedByBoth(provider.tokenSignedWithPublicKey(claims("alice")), 400, INVALID);
        String token = provider.token(claims("alice"));
        String[] parts = token.split("\\.", -1);
        String bobs = provider.token(claims("bob")).split("\\.", -1)[1];
        for (String changed : List.of(parts[0] + "." + bobs + "." + parts[2], parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1], token + "x", "abcd", "a.b.c", "....")) {
            assertRefusedByBoth(changed, 400, INVALID);
        }
    }

    @Test
    void aTokenForSomethingElseIsNone() {
        assertRefusedByBoth(provider.token(provider.claims("alice", "another app", now())), 403, "IDPRejectedClaim");
        assertRefusedByBoth(provider.token(provider.claims("alice", CLIENT, now().minus(Duration.ofHours(2)))), 400,
                "ExpiredTokenException");
    }

    @Test
    void aTokenOfAnotherIsNone() {
        assertRefusedByBoth(unregistered.token(unregistered.claims("alice", CLIENT, now())), 400, INVALID);
        assertRefusedByBoth(unregistered.token(claims("alice")), 400, INVALID);
        assertRefusedByBoth(provider.token(claims("alice", "iss", registered.url())), 400, INVALID);
        for (String spelling : List.of(provider.url() + "/", provider.url().replace("localhost", "LOCALHOST"),
                provider.url().replace("https:", "http:"), provider.url() + "@evil.example.com")) {
            assertRefusedByBoth(provider.token(claims("alice", "iss", spelling)), 400, INVALID);
        }
    }

    @Test
    void aProviderThatIsDeletedVouchesForNobody() {
        try (var fleeting = new OidcProviderServer()) {
            String arn = register(fleeting);
            root.iam().deleteOpenIDConnectProvider(delete -> delete.openIDConnectProviderArn(arn));

            assertRefused(INVALID, 400, () -> assume(fleeting.token(fleeting.claims("alice", CLIENT, now()))));
        }
        String arn = "arn:aws:iam::" + users.account() + ":oidc-provider/"
                + provider.url().substring("https://".length());
        String token = provider.token(claims("alice"));
        assume(token);
        root.iam().deleteOpenIDConnectProvider(delete -> delete.openIDConnectProviderArn(arn));
        assertRefusedByBoth(token, 400, INVALID);
        register(provider);
        assertThatCode(() -> assume(token)).doesNotThrowAnyException();
    }

    /// Two providers may call different people by one name.
    @Test
    void theExchangeTakesTokensOfItsOwnProviderOnly() {
        assertThat(exchange(registered.token(registered.claims("alice", CLIENT, now()))).statusCode()).isEqualTo(401);
    }

    @Test
    void whateverTheTokenTagsTheCredentialsAreOfItsSubject() throws IOException {
        String victim = users.bob();
        for (String tag : List.of("AppInstanceUserId", "appinstanceuserid")) {
            String token = provider.token(claims("mallory", TAGS_CLAIM, Map.of(
                    "principal_tags", Map.of(tag, List.of(ScopedUsers.id(victim))),
                    "transitive_tag_keys", List.of(tag))));
            HttpResponse<String> answer = exchange(token);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode given = JSON.readTree(answer.body());
            String own = root.appInstance() + "/user/mallory";

            SdkClients mallory = users.as(credentials(given));

            assertThat(given.path("ChimeAppInstanceUserArn").asText()).isEqualTo(own);
            assertThatCode(() -> mallory.identity().describeAppInstanceUser(user -> user.appInstanceUserArn(own)))
                    .doesNotThrowAnyException();
            assertRefused("AccessDeniedException", 403,
                    () -> mallory.identity().describeAppInstanceUser(user -> user.appInstanceUserArn(victim)));
            assertRefused("AccessDeniedException", 403, () -> mallory.messaging()
                    .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(victim)));
        }
    }

    private static AwsSessionCredentials credentials(JsonNode given) {
        JsonNode credentials = given.path("ChimeCredentials");
        return AwsSessionCredentials.create(credentials.path("AccessKeyId").asText(),
                credentials.path("SecretAccessKey").asText(), credentials.path("SessionToken").asText());
    }

    /// STS itself takes the tags of the token, as AWS does, but only those that are tags.
    @Test
    void noTagOfATokenIsAWildcard() {
        for (String tag : List.of("*", "?", "${aws:userid}", "")) {
            String token = provider.token(claims("mallory", TAGS_CLAIM,
                    Map.of("principal_tags", Map.of("AppInstanceUserId", List.of(tag)))));

            assertThat(mayListChannelsOf(users.bob(), token)).as(tag).isFalse();
        }
        assertThat(mayListChannelsOf(users.bob(), provider.token(claims("mallory")))).isFalse();
    }

    private boolean mayListChannelsOf(String user, String token) {
        try {
            SdkClients clients = users.as(ScopedUsers.credentials(root.sts()
                    .assumeRoleWithWebIdentity(assume -> assume.roleArn(users.roleArn(ROLE))
                            .roleSessionName("a-session")
                            .webIdentityToken(token))
                    .credentials()));
            clients.messaging().listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(user));
            return true;
        } catch (AwsServiceException refused) {
            assertThat(refused.statusCode()).isIn(400, 403);
            return false;
        }
    }

    @Test
    void theExchangeTakesOneBearerTokenByPost() {
        String token = "Bearer " + provider.token(claims("alice"));

        assertThat(exchange("GET", "Authorization", token).statusCode()).isEqualTo(404);
        assertThat(exchange("PUT", "Authorization", token).statusCode()).isEqualTo(404);
        assertThat(exchange("POST").statusCode()).isEqualTo(401);
        assertThat(exchange("POST", "Authorization", "Basic YWxpY2U6").statusCode()).isEqualTo(401);
        assertThat(exchange("POST", "Authorization", "Bearer ").statusCode()).isEqualTo(401);
        assertThat(exchange("POST", "Authorization", "Bearer" + token.substring("Bearer ".length())).statusCode())
                .isEqualTo(401);
        assertThat(exchange("POST", "Authorization", token, "Authorization", token).statusCode()).isEqualTo(401);
        assertThat(exchange("x".repeat(15_000)).statusCode()).isEqualTo(401);
        assertThat(exchange("x".repeat(1_000_000)).statusCode()).isEqualTo(431);
        assertThat(exchange("POST", "Authorization", token).statusCode()).isEqualTo(200);
    }

    @Test
    void exchangesAreInTheAuditLogWithoutTheirTokens() throws IOException {
        String taken = provider.token(claims("noted"));
        String refused = provider.unsignedToken(claims("noted"));
        JsonNode given = JSON.readTree(exchange(taken).body());
        exchange(refused);

        List<String> lines = new ArrayList<>(Files.readAllLines(audit));
        lines.addAll(Files.readAllLines(audit.resolveSibling("refused.jsonl")));
        assertThat(lines).filteredOn(line -> line.contains("/user/noted"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"operation\":\"ExchangeCredentials\"", "\"outcome\":\"done\"",
                        given.path("ChimeCredentials").path("AccessKeyId").asText());
        assertThat(lines.getLast()).contains("\"operation\":\"ExchangeCredentials\"",
                "\"outcome\":\"InvalidIdentityToken\"");
        for (String secret : List.of(taken, refused, given.path("ChimeCredentials").path("SessionToken").asText(),
                given.path("ChimeCredentials").path("SecretAccessKey").asText())) {
            assertThat(String.join("\n", lines)).doesNotContain(secret);
        }
    }

    /// Everywhere the front door's own name of it.
    @Test
    void credentialsWhoseTimeIsOverAreSaidToBe() {
        AwsSessionCredentials given = users.session(users.alice());
        ahead = Duration.ofMinutes(61);
        SdkGlobalTime.setGlobalTimeOffset(Math.toIntExact(-ahead.toSeconds()));
        SdkClients late = users.as(given);

        assertRefused("ExpiredTokenException", 403, () -> late.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice())));
        assertRefused("ExpiredToken", 403, () -> late.sts().getCallerIdentity());
        assertRefused("ExpiredToken", 403, () -> late.iam().getUser());
        URI url = late.signedRequests()
                .connect(URI.create("ws://localhost:" + late.signedRequests().endpoint().getPort()),
                        Map.of("userArn", users.alice(), "sessionId", UUID.randomUUID().toString()), now(),
                        Duration.ofMinutes(5));
        assertThat(LiveSession.open(url, null).closeCode()).isEqualTo(4401);
    }
}
