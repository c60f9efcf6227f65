package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Keys, the master key and the certificate authority, changed by their operator while a server runs and while none does.
///
/// The commands run in this process: what they ask of a server, they ask by the data folder and the admin port.
@Timeout(120)
class KeysIT {

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "UnrecognizedClientException";
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");
    private static final String EVERYTHING = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["chime:*", "sts:*"], "Resource": "*"}]}""";

    private final RunningServer server = new RunningServer();
    private final SdkHttpClient http = ApacheHttpClient.create();
    private final List<String> secrets = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void keysAreWhatTheirOperatorMakesOfThem() throws IOException {
        server.start();
        AwsCredentials firstRoot = root();
        String role = createUserAndRole(firstRoot);

        AwsCredentials first = created();
        AwsCredentials second = created();
        assertThat(run("keys", "list")).contains(firstRoot.accessKeyId(), first.accessKeyId(), second.accessKeyId())
                .doesNotContain(secrets);
        requireFollowing(first);
        run("keys", "delete", second.accessKeyId());
        assertThat(call(second)).isEqualTo(REFUSED);
        run("keys", "rotate");
        AwsCredentials secondRoot = root();
        assertThat(List.of(call(firstRoot), call(secondRoot), call(first))).containsExactly(REFUSED, ACCEPTED,
                ACCEPTED);

        AwsCredentials session = session(first, role);
        assertThat(run("keys", "rotate-master")).contains("from its next start on");
        assertThat(call(session)).isEqualTo(ACCEPTED);
        killDiscreetly();
        for (int millis : List.of(600, 1_200)) {
            server.startAndKillAfter(millis);
        }
        AwsCredentials third = created();
        run("keys", "disable", first.accessKeyId());
        Files.writeString(server.dataFolder().resolve("root-key.properties"), "nonsense");
        run("keys", "rotate");

        server.start();
        AwsCredentials thirdRoot = root();
        assertThat(List.of(call(secondRoot), call(thirdRoot), call(first), call(third), call(session)))
                .containsExactly(REFUSED, ACCEPTED, REFUSED, ACCEPTED, REFUSED);
        Files.delete(server.dataFolder().resolve("root-key.properties"));
        run("keys", "rotate");
        AwsCredentials fourthRoot = root();
        assertThat(List.of(call(thirdRoot), call(fourthRoot))).containsExactly(REFUSED, ACCEPTED);
        AwsCredentials otherSession = session(third, role);
        assertThat(call(otherSession)).isEqualTo(ACCEPTED);

        killDiscreetly();
        assertThat(run("keys", "list")).contains(fourthRoot.accessKeyId(), "Inactive").doesNotContain(secrets);
        assertThat(run("keys", "rotate-master")).contains("the master key is another one now");
        run("keys", "enable", first.accessKeyId());
        run("keys", "delete", third.accessKeyId());
        server.start();
        assertThat(List.of(call(fourthRoot), call(first), call(third), call(otherSession)))
                .containsExactly(ACCEPTED, ACCEPTED, REFUSED, REFUSED);
        killDiscreetly();
    }

    @Test
    void clientsThatTrustThePreparedAuthorityNeverRefuseTheServer() throws Exception {
        server.start();
        run("ca", "rotate", "--prepare");
        List<X509Certificate> prepared = certificates("ca.pem");
        X509Certificate before = certificates("server.pem").getFirst();
        try (var clients = ConnectingClients.start(server.port(), prepared.toArray(new X509Certificate[0]))) {
            assertThat(clients.awaitOthers()).containsExactly(before);

            run("ca", "rotate");
            X509Certificate after = certificates("server.pem").getFirst();

            assertThat(clients.awaitOthers()).contains(after);
            assertThat(clients.awaitOthers()).containsExactly(after);
            assertThat(clients.failures()).isEmpty();
        }
        assertThat(certificates("ca.pem")).containsExactly(prepared.getLast());
        try (var clients = ConnectingClients.start(server.port(), prepared.getLast())) {
            assertThat(clients.awaitOthers()).hasSize(1);
        }
    }

    /// A key that is disabled is refused from the next request on, and taken again when it is enabled.
    private void requireFollowing(AwsCredentials key) {
        assertThat(call(key)).isEqualTo(ACCEPTED);
        run("keys", "disable", key.accessKeyId());
        assertThat(call(key)).isEqualTo(REFUSED);
        run("keys", "enable", key.accessKeyId());
        assertThat(call(key)).isEqualTo(ACCEPTED);
    }

    /// @return the ARN of a role that the user may assume
    private String createUserAndRole(AwsCredentials root) {
        try (IamClient iam = client(IamClient.builder(), root)) {
            String user = iam.createUser(request -> request.userName("ada")).user().arn();
            iam.putUserPolicy(request -> request.userName("ada").policyName("all").policyDocument(EVERYTHING));
            String role = iam.createRole(request -> request.roleName("guest").assumeRolePolicyDocument("""
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                      "Principal": {"AWS": "%s"}}]}""".formatted(user))).role().arn();
            iam.putRolePolicy(request -> request.roleName("guest").policyName("all").policyDocument(EVERYTHING));
            return role;
        }
    }

    private AwsCredentials root() {
        return credentials(run("env"));
    }

    private AwsCredentials created() {
        return credentials(run("keys", "create", "ada"));
    }

    private AwsCredentials credentials(String exports) {
        Map<String, String> variables = variables(exports);
        AwsCredentials credentials = AwsBasicCredentials.create(
                value(variables, "AWS_ACCESS_KEY_ID"), value(variables, "AWS_SECRET_ACCESS_KEY"));
        secrets.add(credentials.secretAccessKey());
        return credentials;
    }

    private AwsCredentials session(AwsCredentials holder, String role) {
        try (StsClient sts = client(StsClient.builder(), holder)) {
            var made = sts.assumeRole(request -> request.roleArn(role).roleSessionName("session")).credentials();
            secrets.add(made.secretAccessKey());
            return AwsSessionCredentials.create(made.accessKeyId(), made.secretAccessKey(), made.sessionToken());
        }
    }

    /// What becomes of a request that is signed with a key.
    private String call(AwsCredentials credentials) {
        try (ChimeSdkIdentityClient identity = client(ChimeSdkIdentityClient.builder(), credentials)) {
            identity.listAppInstances(request -> request.maxResults(1));
            return ACCEPTED;
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(B builder,
            AwsCredentials credentials) {
        return builder.endpointOverride(URI.create("http://localhost:" + server.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private void killDiscreetly() {
        assertThat(server.log() + server.out()).doesNotContain(secrets);
        server.kill9();
    }

    /// Runs a command on the server's data folder to its good end.
    private String run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of(words), Stream.of("--data", server.dataFolder().toString()))
                        .toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }

    private static Map<String, String> variables(String exports) {
        return EXPORT.matcher(exports)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private static String value(Map<String, String> variables, String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    private List<X509Certificate> certificates(String name) throws IOException, GeneralSecurityException {
        Path file = server.dataFolder().resolve("tls").resolve(name);
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }
}
