package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpMethod;

/// What the audit log has of calls, and what it must not have.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FaultyServer server;
    private SdkClients root;
    private ScopedUsers users;
    private Path file;

    @BeforeAll
    void start(@TempDir Path data) {
        server = new FaultyServer(data, Map.of());
        root = server.clients();
        users = new ScopedUsers(root);
        file = data.resolve("audit/audit.jsonl");
    }

    @AfterAll
    void stop() {
        users.close();
        server.close();
    }

    /// The entries that a call leaves, those of what was done before those of what was refused.
    private List<JsonNode> entries(Runnable call) {
        int done = lines(file).size();
        int refused = lines(refused()).size();
        call.run();
        return Stream.concat(lines(file).stream().skip(done), lines(refused()).stream().skip(refused))
                .map(AuditIT::entry)
                .toList();
    }

    private List<String> lines() {
        return Stream.concat(lines(file).stream(), lines(refused()).stream()).toList();
    }

    private Path refused() {
        return file.resolveSibling("refused.jsonl");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static JsonNode entry(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }

    /// The one entry of a call by root that was done.
    private JsonNode done(String operation, Runnable call) {
        JsonNode entry = only(operation, "done", call);
        assertThat(entry.path("principal").asText()).isEqualTo("arn:aws:iam::" + users.account() + ":root");
        assertThat(entry.path("accessKeyId").asText())
                .isEqualTo(root.signedRequests().credentials().accessKeyId());
        return entry;
    }

    private JsonNode denied(String operation, String outcome, Runnable call) {
        return only(operation, outcome,
                () -> assertThatThrownBy(call::run).isInstanceOf(AwsServiceException.class));
    }

    private JsonNode only(String operation, String outcome, Runnable call) {
        List<JsonNode> entries = entries(call);
        assertThat(entries).hasSize(1);
        JsonNode entry = entries.getFirst();
        assertThat(entry.path("operation").asText()).isEqualTo(operation);
        assertThat(entry.path("outcome").asText()).isEqualTo(outcome);
        assertThat(entry.path("sourceAddress").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(entry.path("requestId").asText()).hasSize(36);
        assertThat(Instant.parse(entry.path("time").asText())).isBetween(Instant.now().minusSeconds(60), Instant.now());
        return entry;
    }

    private static List<String> targets(JsonNode entry) {
        var targets = new ArrayList<String>();
        entry.path("targets").forEach(target -> targets.add(target.asText()));
        return targets;
    }

    @Test
    void whatConcernsKeysPoliciesAndRolesIsNoted() {
        assertThat(targets(done("CreateUser", () -> root.iam().createUser(user -> user.userName("noted")))))
                .containsExactly("noted");
        assertThat(targets(done("PutUserPolicy", () -> root.iam()
                .putUserPolicy(put -> put.userName("noted")
                        .policyName("p")
                        .policyDocument(ScopedUsers.policy("Allow", "\"chime:*\"", "*"))))))
                .containsExactly("noted", "p");
        done("CreateAccessKey", () -> root.iam().createAccessKey(key -> key.userName("noted")));
        String id = root.iam()
                .listAccessKeys(list -> list.userName("noted"))
                .accessKeyMetadata()
                .getFirst()
                .accessKeyId();
        assertThat(targets(done("UpdateAccessKey", () -> root.iam()
                .updateAccessKey(update -> update.userName("noted").accessKeyId(id).status("Inactive")))))
                .containsExactly("noted", id, "Inactive");
        done("DeleteAccessKey", () -> root.iam().deleteAccessKey(key -> key.userName("noted").accessKeyId(id)));
        done("DeleteUserPolicy",
                () -> root.iam().deleteUserPolicy(policy -> policy.userName("noted").policyName("p")));
        done("DeleteUser", () -> root.iam().deleteUser(user -> user.userName("noted")));
        done("GetSessionToken", () -> root.sts().getSessionToken());
        JsonNode assumed = only("AssumeRole", "done", () -> users.session(users.bob()));
        assertThat(assumed.path("principal").asText()).endsWith(":user/service");
        assertThat(targets(assumed)).contains(users.roleArn(ScopedUsers.ROLE), "a-session");
    }

    @Test
    void deletionsAreNoted() {
        String channel = root.channel(users.bob());
        JsonNode entry = done("DeleteChannel",
                () -> root.messaging().deleteChannel(it -> it.channelArn(channel).chimeBearer(users.bob())));

        assertThat(targets(entry)).containsExactly(users.bob(), channel);
        done("DeleteAppInstanceUser", () -> root.identity()
                .deleteAppInstanceUser(user -> user.appInstanceUserArn(root.userOf(root.appInstance(), "leaver"))));
    }

    @Test
    void denialsAreNoted() {
        JsonNode entry = denied("ListChannels", "AccessDeniedException", () -> users.asAlice()
                .messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.bob())));
        assertThat(entry.path("principal").asText()).endsWith(":assumed-role/chat/a-session");
        assertThat(targets(entry)).containsExactly(users.bob());

        AwsSessionCredentials bobs = users.session(users.bob());
        AwsCredentials mixed = AwsSessionCredentials.create(bobs.accessKeyId(), "wrong", bobs.sessionToken());
        JsonNode forged = denied("GetCallerIdentity", "InvalidSignatureException",
                () -> users.as(mixed).sts().getCallerIdentity());
        assertThat(forged.has("principal")).as("nobody has proved to be anybody").isFalse();
        denied("CreateUser", "AccessDeniedException",
                () -> users.asAlice().iam().createUser(user -> user.userName("mine")));

        URI url = users.asAlice()
                .signedRequests()
                .connect(URI.create("ws://localhost:" + root.signedRequests().endpoint().getPort()),
                        Map.of("userArn", users.bob(), "sessionId", "s"), Instant.now(), Duration.ofMinutes(1));
        JsonNode connect = only("Connect", "AccessDeniedException",
                () -> assertThat(LiveSession.open(url, null).closeCode()).isEqualTo(4401));
        assertThat(targets(connect)).containsExactly(users.bob());
    }

    @Test
    void whatMattersLessIsNot() {
        String channel = root.channel(users.bob());

        assertThat(entries(() -> {
            root.send(users.bob(), channel, "hello");
            root.messages(users.bob(), channel);
            root.iam().listUsers();
            root.sts().getCallerIdentity();
            root.signedRequests().send(SdkHttpMethod.GET, "/nowhere", Map.of(), "");
        })).isEmpty();
    }

    @Test
    void noSecretIsInIt() {
        String channel = root.channel(users.bob());
        String message = root.send(users.bob(), channel, "the content of a message");
        String admin = root.admin("ada");
        root.messaging()
                .deleteChannelMessage(
                        it -> it.channelArn(channel).messageId(message).chimeBearer(admin));
        AwsSessionCredentials session = users.session(users.bob());
        root.iam()
                .putRolePolicy(put -> put.roleName(ScopedUsers.ROLE)
                        .policyName("secretive")
                        .policyDocument(
                                ScopedUsers.policy("Deny", "\"chime:ContentOfAPolicy\"", "*")));
        assertThatThrownBy(() -> root.sts()
                .assumeRoleWithWebIdentity(assume -> assume
                        .roleArn(users.roleArn(ScopedUsers.ROLE))
                        .roleSessionName("web")
                        .webIdentityToken("a.secret.token")))
                .isInstanceOf(AwsServiceException.class);
        LiveSession.open(users.as(AwsSessionCredentials.create(session.accessKeyId(), "wrong", session.sessionToken()))
                .signedRequests()
                .connect(URI.create("ws://localhost:" + root.signedRequests().endpoint().getPort()),
                        Map.of("userArn", users.bob(), "sessionId", "s"), Instant.now(), Duration.ofMinutes(1)),
                null)
                .closeCode();

        String log = String.join("\n", lines());

        assertThat(log).contains("DeleteChannelMessage", "PutRolePolicy", "AssumeRoleWithWebIdentity");
        for (String secret : List.of(root.signedRequests().credentials().secretAccessKey(),
                users.service().secretAccessKey(), session.secretAccessKey(), session.sessionToken(),
                "the content of a message", "ContentOfAPolicy", "a.secret.token", "X-Amz-Signature", "Signature=")) {
            assertThat(log).doesNotContain(secret);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        users.session(users.bob());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    /// A text of the client's cannot begin a line of its own.
    @Test
    void nobodyForgesAnEntry() {
        JsonNode entry = denied("CreateUser", "BadRequestException",
                () -> root.iam().createUser(user -> user.userName("x\n{\"operation\":\"forged\"}")));

        assertThat(targets(entry)).containsExactly("x\n{\"operation\":\"forged\"}");
    }
}
