package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.outbound.oidc.OidcProviderServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.chime.ChimeClient;
import software.amazon.awssdk.services.chime.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chime.model.ChannelMessageType;
import software.amazon.awssdk.services.chime.model.ChimeException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.Tag;

/// The ways in which clients come by temporary credentials, and that these act as one user only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool CLI = AwsCommands.required();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @TempDir
    static Path folder;

    @AutoClose
    private final OidcProviderServer provider = new OidcProviderServer();

    @AutoClose
    private ChatRoles roles;

    private Map<String, String> variables;
    private String alice;
    private String robot;
    private String channel;
    private Path tokenFile;

    @BeforeAll
    void start() throws Exception {
        variables = SERVER.variables();
        roles = ChatRoles.make(variables, provider);
        alice = roles.user("alice");
        robot = roles.user("robot");
        channel = roles.channel();
        tokenFile = Files.writeString(folder.resolve("token"), roles.token("alice", Instant.now()));
        SERVER.restartWith(roles.settings(folder));
    }

    private Map<String, String> withoutKeys(String... namesAndValues) {
        var changed = new HashMap<>(variables);
        changed.keySet().removeAll(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changed.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return changed;
    }

    /// The roles in profiles: `robot` in the default one.
    private Map<String, String> withConfigFile() throws IOException {
        Map<String, String> backend = roles.backend();
        String profiles = """
                [default]
                role_arn = %s
                source_profile = backend
                role_session_name = by-profile
                [profile backend]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                [profile alice]
                role_arn = %s
                web_identity_token_file = %s
                role_session_name = by-token
                """.formatted(roles.role("robot"), backend.get("AWS_ACCESS_KEY_ID"),
                backend.get("AWS_SECRET_ACCESS_KEY"), roles.role("person"), tokenFile);
        Path file = Files.writeString(folder.resolve("config"), profiles);
        // The SDK for Go reads the file only if it is told to.
        return withoutKeys("AWS_CONFIG_FILE", file.toString(), "AWS_SDK_LOAD_CONFIG", "1");
    }

    @Test
    void aProfileOfTheCliAssumesItsRole() throws IOException {
        try (AwsCommands cli = AwsCommands.start(withConfigFile())) {
            assertActsAs(cli, "/robot/by-profile", robot, alice);
        }
    }

    @Test
    void aProfileOfTheCliShowsTheTokenOfItsFile() throws IOException {
        Map<String, String> other = withConfigFile();
        other.put("AWS_PROFILE", "alice");
        try (AwsCommands cli = AwsCommands.start(other)) {
            assertActsAs(cli, "/person/by-token", alice, robot);
        }
    }

    private void assertActsAs(AwsCommands cli, String session, String user, String other) {
        assertThat(cli.run("sts", "get-caller-identity").get("Arn").asText()).endsWith(session);
        cli.run("chime-sdk-messaging", "list-channel-messages", "--channel-arn", channel, "--chime-bearer", user);
        cli.refused("AccessDeniedException", "chime-sdk-messaging", "list-channel-messages", "--channel-arn", channel,
                "--chime-bearer", other);
    }

    @Test
    void theCliGetsCredentialsForATokenAndNoneForAnExpiredOne() throws IOException {
        JsonNode answer = roles.root()
                .run("sts", "assume-role-with-web-identity", "--role-arn", roles.role("person"),
                        "--role-session-name", "by-hand", "--web-identity-token", roles.token("alice", Instant.now()));
        assertThat(answer.get("SubjectFromWebIdentityToken").asText()).isEqualTo("alice");
        assertThat(answer.get("Audience").asText()).isEqualTo(ChatRoles.CLIENT_ID);
        try (AwsCommands session = roles.root().signedWith(Keys.temporary(answer.get("Credentials")))) {
            assertActsAs(session, "/person/by-hand", alice, robot);
        }

        String expired = roles.token("alice", Instant.now().minus(Duration.ofDays(1)));
        roles.root()
                .refused("ExpiredTokenException", "sts", "assume-role-with-web-identity", "--role-arn",
                        roles.role("person"),
                        "--role-session-name", "by-hand", "--web-identity-token", expired);
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "GO"})
    void aProfileAssumesItsRole(Sdk kind) throws IOException {
        kind.require();
        try (SdkCalls sdk = kind.start(withConfigFile())) {
            assertActsAs(sdk, robot, alice);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "GO"})
    void theTokenOfAFileIsShown(Sdk kind) throws IOException {
        kind.require();
        try (SdkCalls sdk = kind.start(withoutKeys("AWS_WEB_IDENTITY_TOKEN_FILE", tokenFile.toString(),
                "AWS_ROLE_ARN", roles.role("person"), "AWS_ROLE_SESSION_NAME", "by-token"))) {
            assertActsAs(sdk, alice, robot);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "GO"})
    void aBackendGetsAPersonCredentials(Sdk kind) throws IOException {
        kind.require();
        JsonNode credentials;
        try (SdkCalls sdk = kind.start(withKeys(roles.backend()))) {
            credentials = sdk
                    .output("sts", "AssumeRole", Map.of("RoleArn", roles.role("person"), "RoleSessionName", "alice",
                            "Tags", List.of(Map.of("Key", ChatRoles.USER_TAG, "Value", "alice"))))
                    .get("Credentials");
        }
        try (SdkCalls sdk = kind.start(withKeys(Keys.temporary(credentials)))) {
            assertActsAs(sdk, alice, robot);
        }
    }

    private Map<String, String> withKeys(Map<String, String> keys) {
        Map<String, String> changed = withoutKeys();
        changed.putAll(keys);
        return changed;
    }

    @Test
    void theProvidersForJavaScriptGetCredentials() throws IOException {
        Sdk.JAVASCRIPT.require();
        var byToken = Map.of("roleArn", roles.role("person"), "roleSessionName", "by-token");
        var shown = new HashMap<>(byToken);
        shown.put("webIdentityToken", roles.token("alice", Instant.now()));
        var file = new HashMap<>(byToken);
        file.put("webIdentityTokenFile", tokenFile.toString());

        assertProvides("fromTemporaryCredentials", Map.of("params", Map.of("RoleArn", roles.role("person"),
                "RoleSessionName", "by-key", "Tags", List.of(Map.of("Key", ChatRoles.USER_TAG, "Value", "alice")))));
        assertProvides("fromWebToken", shown);
        assertProvides("fromTokenFile", file);
    }

    private void assertProvides(String name, Map<String, ?> parameters) throws IOException {
        try (SdkCalls sdk = Sdk.JAVASCRIPT.start(withKeys(roles.backend()), name, json(parameters))) {
            assertActsAs(sdk, alice, robot);
        }
    }

    private static String json(Map<String, ?> value) throws JsonProcessingException {
        return JavaScriptSdk.JSON.writeValueAsString(value);
    }

    private void assertActsAs(SdkCalls sdk, String user, String other) {
        String message = sdk.messaging("SendChannelMessage", Conversation.on(channel, user, "Content", "hello", "Type",
                "STANDARD", "Persistence", "PERSISTENT")).get("MessageId").asText();
        assertThat(message).isNotEmpty();
        JsonNode error = sdk.messagingRefusal("ListChannelMessages", Conversation.on(channel, other));
        assertThat(error.get("status").asInt()).isEqualTo(403);
        assertThat(error.get("name").asText()).isEqualTo("AccessDeniedException");
    }

    @Test
    void theProvidersForJavaGetCredentials() {
        var java = new JavaSdk(variables);
        try (StsClient signed = java.sts(JavaSdk.key(roles.backend()));
                StsClient unsigned = java.sts(AnonymousCredentialsProvider.create());
                var assumed = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(signed)
                        .refreshRequest(request -> request.roleArn(roles.role("person"))
                                .roleSessionName("by-key")
                                .tags(Tag.builder().key(ChatRoles.USER_TAG).value("alice").build()))
                        .build();
                var shown = StsWebIdentityTokenFileCredentialsProvider.builder()
                        .stsClient(unsigned)
                        .roleArn(roles.role("person"))
                        .roleSessionName("by-token")
                        .webIdentityTokenFile(tokenFile)
                        .build()) {
            assertActsAsAlice(assumed);
            assertActsAsAlice(shown);
        }
    }

    @SuppressWarnings("deprecation") // The chat operations of this namespace, which the later ones have too.
    private void assertActsAsAlice(AwsCredentialsProvider credentials) {
        try (ChimeClient chime = new JavaSdk(variables).chime(credentials)) {
            assertThat(chime.sendChannelMessage(request -> request.channelArn(channel)
                    .chimeBearer(alice)
                    .content("hello")
                    .type(ChannelMessageType.STANDARD)
                    .persistence(ChannelMessagePersistenceType.PERSISTENT)).messageId()).isNotEmpty();
            assertThatThrownBy(
                    () -> chime.listChannelMessages(request -> request.channelArn(channel).chimeBearer(robot)))
                    .isInstanceOfSatisfying(ChimeException.class, refusal -> assertThat(
                            refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
        }
    }

    @Test
    void aPageGetsItsKeysForTheTokenOfItsUser() throws IOException {
        Sdk.CHROMIUM.require();
        String carol = roles.appInstance() + "/user/carol";
        var signedIn = new HashMap<>(SERVER.variables("--https"));
        signedIn.keySet().removeAll(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        signedIn.put("TOKEN", roles.token("carol", Instant.now()));

        try (SdkCalls page = Sdk.CHROMIUM.start(signedIn)) {
            String own = page.messaging("CreateChannel",
                    Map.of("AppInstanceArn", roles.appInstance(), "Name", "own", "ChimeBearer", carol))
                    .get("ChannelArn")
                    .asText();
            page.messaging("session:Connect", Map.of("UserArn", carol));
            String message = page.messaging("SendChannelMessage", Conversation.on(own, carol, "Content", "to myself",
                    "Type", "STANDARD", "Persistence", "PERSISTENT")).get("MessageId").asText();
            assertThat(page.messaging("session:NextEvent", Map.of("Type", "CREATE_CHANNEL_MESSAGE"))
                    .at("/payload/MessageId")
                    .asText()).isEqualTo(message);
            assertThat(page.messaging("ListChannelMessages", Conversation.on(own, carol))
                    .at("/ChannelMessages/0/MessageId")
                    .asText()).isEqualTo(message);

            JsonNode error = page.messagingRefusal("ListChannelMessages", Conversation.on(channel, alice));
            assertThat(error.get("name").asText()).isEqualTo("AccessDeniedException");
            assertThat(page.messaging("session:Connect", Map.of("UserArn", alice)).get("code").asInt()).isEqualTo(4401);
            JsonNode refused = page.messaging("creds:Exchange", Map.of("Token", "not.a.token"));
            assertThat(refused.get("status").asInt()).isEqualTo(401);
        }
    }
}
