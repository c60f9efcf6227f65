package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The AWS CLI as a user has it, with the variables that `./bellframe env` prints.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsCliIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool CLI = AwsCli.required();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    private Chat chat;
    private String alice;
    private String bob;
    private String channel;

    @BeforeAll
    void prepare() {
        chat = Chat.on(SERVER);
        alice = chat.user("alice");
        bob = chat.user("bob");
        channel = chat.channel("general", alice, bob);
    }

    @Test
    void aMessageIsListedForTheOtherMember() {
        String message = chat.send(channel, alice, "Hello \"Bob\" 👋");

        var listed = chat.aws()
                .messaging("list-channel-messages", "--channel-arn", channel, "--chime-bearer", bob)
                .get("ChannelMessages")
                .get(0);
        assertThat(listed.get("MessageId").asText()).isEqualTo(message);
        assertThat(listed.get("Content").asText()).isEqualTo("Hello \"Bob\" 👋");
        assertThat(listed.get("Sender").get("Arn").asText()).isEqualTo(alice);
        assertThat(listed.get("Redacted").asBoolean()).isFalse();
    }

    @Test
    void aMessageHasAStatus() {
        String message = chat.send(channel, alice, "status");

        var status = chat.aws()
                .messaging("get-channel-message-status", "--channel-arn", channel,
                        "--message-id", message, "--chime-bearer", alice);
        assertThat(status.at("/Status/Value").asText()).isEqualTo("SENT");
    }

    @Test
    void aRedactedMessageHasNoContentAnyMore() {
        String message = chat.send(channel, alice, "a slip of the tongue");

        var redacted = chat.aws()
                .messaging("redact-channel-message", "--channel-arn", channel,
                        "--message-id", message, "--chime-bearer", alice);
        assertThat(redacted.get("MessageId").asText()).isEqualTo(message);

        var read = chat.aws()
                .messaging("get-channel-message", "--channel-arn", channel, "--message-id", message,
                        "--chime-bearer", bob)
                .get("ChannelMessage");
        assertThat(read.get("Redacted").asBoolean()).isTrue();
        assertThat(read.path("Content").asText("")).isEmpty();
    }

    @Test
    void anUnknownBearerIsUnauthorized() {
        var result = chat.aws()
                .run("chime-sdk-messaging", "list-channel-messages", "--channel-arn", channel,
                        "--chime-bearer", alice.replace("alice", "nobody"));

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("(UnauthorizedClientException)", "ListChannelMessages",
                "An invalid app instance user ARN was supplied for the x-amz-chime-bearer HTTP header.");
    }

    @Test
    void aWrongSecretIsRefused() {
        var result = chat.aws()
                .with("AWS_SECRET_ACCESS_KEY", "wrong")
                .run("chime-sdk-identity", "list-app-instances");

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("(InvalidSignatureException)");
    }

    @Test
    void anotherRegionIsRefusedByName() {
        var result = chat.aws()
                .with("AWS_DEFAULT_REGION", "eu-west-3")
                .with("AWS_REGION", "eu-west-3")
                .run("chime-sdk-identity", "list-app-instances");

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("(InvalidSignatureException)", "scoped to a valid region");
    }

    @Test
    void theServersCertificateIsTrustedOverTls() {
        var overTls = new AwsCli(SERVER.variables("--https"));

        assertThat(overTls.variables().get("AWS_ENDPOINT_URL")).startsWith("https://");
        assertThat(overTls.messaging("describe-channel", "--channel-arn", channel, "--chime-bearer", alice)
                .at("/Channel/Name")
                .asText()).isEqualTo("general");
    }
}
