package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The AWS SDK for JavaScript and amazon-chime-sdk-js as an application has them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptSdkIT {

    static final String UNUSUAL = "emoji 😀👩‍👩‍👧, nul \0, unit separator \u001f, line separator \u2028, \"quotes\", back\\slash, é";

    @Order(1)
    @RegisterExtension
    static final RequiredTool CLI = AwsCli.required();

    @Order(2)
    @RegisterExtension
    static final RequiredTool NODE = JavaScriptSdk.requiredNode();

    @Order(3)
    @RegisterExtension
    static final RequiredTool MODULES = JavaScriptSdk.requiredModules();

    @Order(4)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    private Chat chat;
    private JavaScriptSdk js;
    private String admin;
    private String alice;
    private String bob;

    @BeforeAll
    void prepare() {
        chat = Chat.on(SERVER);
        js = chat.js();
        admin = chat.admin("admin");
        alice = chat.user("alice");
        bob = chat.user("bob");
    }

    @Test
    void aMessageFromTheCliReachesASession() throws IOException {
        String channel = chat.channel("from the CLI", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart()) {
            String message = chat.send(channel, alice, "Hello 👋");

            JsonNode event = session.awaitMessage("CREATE_CHANNEL_MESSAGE");
            assertThat(event.at("/headers/x-amz-chime-message-type").asText()).isEqualTo("STANDARD");
            assertThat(event.at("/payload/MessageId").asText()).isEqualTo(message);
            assertThat(event.at("/payload/ChannelArn").asText()).isEqualTo(channel);
            assertThat(event.at("/payload/Content").asText()).isEqualTo("Hello 👋");
            assertThat(event.at("/payload/Sender/Arn").asText()).isEqualTo(alice);
            assertThat(event.at("/payload/CreatedTimestamp").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void unusualCharactersSurviveBothWays() throws IOException {
        String channel = chat.channel("unusual", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart()) {
            String message = send(channel, UNUSUAL);

            assertThat(session.awaitMessage("CREATE_CHANNEL_MESSAGE").at("/payload/Content").asText())
                    .isEqualTo(UNUSUAL);
            var read = js.call("GetChannelMessage",
                    Map.of("ChannelArn", channel, "MessageId", message, "ChimeBearer", bob));
            assertThat(read.at("/ChannelMessage/Content").asText()).isEqualTo(UNUSUAL);
        }
    }

    @Test
    void aSessionSeesAMessageChangeUntilItIsGone() throws IOException {
        String channel = chat.channel("changes", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart()) {
            String message = send(channel, "first");

            js.call("UpdateChannelMessage", Map.of("ChannelArn", channel, "MessageId", message, "Content", "second",
                    "ChimeBearer", alice));
            JsonNode updated = session.awaitMessage("UPDATE_CHANNEL_MESSAGE").get("payload");
            assertThat(updated.get("MessageId").asText()).isEqualTo(message);
            assertThat(updated.get("Content").asText()).isEqualTo("second");

            js.call("RedactChannelMessage", Map.of("ChannelArn", channel, "MessageId", message, "ChimeBearer", alice));
            JsonNode redacted = session.awaitMessage("REDACT_CHANNEL_MESSAGE").get("payload");
            assertThat(redacted.get("MessageId").asText()).isEqualTo(message);
            assertThat(redacted.get("Redacted").asBoolean()).isTrue();
            assertThat(redacted.path("Content").asText("")).isEmpty();
        }
    }

    @Test
    void aSessionSeesAnAdminDeleteAMessage() throws IOException {
        String channel = chat.channel("deletions", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart()) {
            String message = send(channel, "gone soon");

            js.call("DeleteChannelMessage", Map.of("ChannelArn", channel, "MessageId", message, "ChimeBearer", admin));

            assertThat(session.awaitMessage("DELETE_CHANNEL_MESSAGE").at("/payload/MessageId").asText())
                    .isEqualTo(message);
        }
    }

    @Test
    void aSessionSeesMembershipsComeAndGo() throws IOException {
        String channel = chat.channel("memberships", alice, bob);
        String carol = chat.user("carol");
        try (MessagingSession session = js.connect(carol).awaitStart()) {
            var membership = Map.of("ChannelArn", channel, "MemberArn", carol, "ChimeBearer", alice);

            js.call("CreateChannelMembership",
                    Map.of("ChannelArn", channel, "MemberArn", carol, "Type", "DEFAULT", "ChimeBearer", alice));
            JsonNode joined = session.awaitMessage("CREATE_CHANNEL_MEMBERSHIP").get("payload");
            assertThat(joined.get("ChannelArn").asText()).isEqualTo(channel);
            assertThat(joined.at("/Member/Arn").asText()).isEqualTo(carol);
            assertThat(joined.at("/InvitedBy/Arn").asText()).isEqualTo(alice);

            js.call("DeleteChannelMembership", membership);
            assertThat(session.awaitMessage("DELETE_CHANNEL_MEMBERSHIP").at("/payload/Member/Arn").asText())
                    .isEqualTo(carol);
        }
    }

    @Test
    void aSessionSeesItsChannelChangeAndGo() throws IOException {
        String channel = chat.channel("before", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart()) {
            js.call("UpdateChannel", Map.of("ChannelArn", channel, "Name", "after", "ChimeBearer", alice));
            assertThat(session.awaitMessage("UPDATE_CHANNEL").at("/payload/Name").asText()).isEqualTo("after");

            js.call("DeleteChannel", Map.of("ChannelArn", channel, "ChimeBearer", alice));
            assertThat(session.awaitMessage("DELETE_CHANNEL").at("/payload/ChannelArn").asText()).isEqualTo(channel);
        }
    }

    @Test
    void aSessionStopsWhenItsUserStopsIt() throws IOException {
        MessagingSession session = js.connect(bob).awaitStart();
        session.close();

        assertThat(session.awaitEnd().getLast().get("event").asText()).isEqualTo("stopped");
    }

    @Test
    void aSessionComesBackByItselfAfterTheServerRestarts() throws Exception {
        String channel = chat.channel("restart", alice, bob);
        try (MessagingSession session = js.connect(bob).awaitStart();
                SdkCalls sender = js.calls();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<List<String>> sent = thread.submit(() -> sendThroughARestart(sender, channel));
            SERVER.restart();
            session.awaitReconnection().awaitStart();
            List<String> meanwhile = sent.get();

            String message = send(channel, UNUSUAL);

            assertThat(session.await(message).get("Content").asText()).isEqualTo(UNUSUAL);
            assertThat(js.call("paginate:ListChannelMessages",
                    Map.of("ChannelArn", channel, "ChimeBearer", bob, "SortOrder", "ASCENDING", "PageSize", 50))
                    .findValuesAsText("MessageId")).startsWith(meanwhile.toArray(String[]::new))
                    .endsWith(message)
                    .doesNotHaveDuplicates();
        }
    }

    /// Sends a message again, with its token, until it is answered, as an application would, and then the next one.
    private List<String> sendThroughARestart(SdkCalls sender, String channel) {
        return IntStream.range(0, 40)
                .mapToObj(i -> sender.untilAnswered("SendChannelMessage",
                        Map.of("ChannelArn", channel, "Content", "message " + i, "Type", "STANDARD", "Persistence",
                                "PERSISTENT", "ChimeBearer", alice, "ClientRequestToken", "restart-" + i))
                        .get("MessageId")
                        .asText())
                .toList();
    }

    @Test
    void aSessionThatPrefetchesHearsOfItsChannelsFirst() throws IOException {
        String channel = chat.channel("prefetch", alice, chat.user("prefetcher"));
        String prefetcher = bob.replace("/bob", "/prefetcher");
        String message = send(channel, UNUSUAL);
        try (MessagingSession session = js.connectAndPrefetch(prefetcher).awaitStart()) {
            JsonNode event = session.awaitMessage("CHANNEL_DETAILS");

            assertThat(event.at("/headers/x-amz-chime-message-type").asText()).isEqualTo("SYSTEM");
            assertThat(event.at("/payload/Channel/ChannelArn").asText()).isEqualTo(channel);
            assertThat(event.at("/payload/ChannelMessages/0/MessageId").asText()).isEqualTo(message);
            assertThat(event.at("/payload/ChannelMessages/0/Content").asText()).isEqualTo(UNUSUAL);
        }
    }

    @Test
    void aClientThatComesBackHearsWhatItMissed() throws IOException {
        String channel = chat.channel("missed", alice, chat.user("returner"));
        String returner = bob.replace("/bob", "/returner");
        String position;
        try (MessagingSession session = js.connect(returner).awaitStart()) {
            String heard = send(channel, "heard");
            JsonNode event = session.awaitMessage("CREATE_CHANNEL_MESSAGE");
            assertThat(event.at("/payload/MessageId").asText()).isEqualTo(heard);
            position = event.at("/headers/x-bellframe-position").asText();
        }
        String missed = send(channel, UNUSUAL);

        try (MessagingSession session = js.catchUp(returner, position)) {
            assertThat(session.awaitMessage("SESSION_ESTABLISHED").at("/position").asText()).isEqualTo(position);
            JsonNode event = session.awaitMessage("CREATE_CHANNEL_MESSAGE");

            assertThat(event.at("/payload/MessageId").asText()).isEqualTo(missed);
            assertThat(event.at("/payload/Content").asText()).isEqualTo(UNUSUAL);
        }
    }

    @Test
    void aWrongSecretEndsTheSessionForGood() throws IOException {
        try (MessagingSession session = js.with("AWS_SECRET_ACCESS_KEY", "wrong").connect(bob, chat.address())) {
            assertRejectedOnce(session.awaitEnd(), 4401);
        }
    }

    @Test
    void anUnknownUserEndsTheSessionForGood() throws IOException {
        try (MessagingSession session = js.connect(bob.replace("bob", "nobody"))) {
            assertRejectedOnce(session.awaitEnd(), 4003);
        }
    }

    @Test
    void anErrorHasTheNameStatusAndCodeOfTheService() throws IOException {
        JsonNode error = js.refusal("ListChannelMemberships", Map.of(
                "ChannelArn", chat.appInstance() + "/channel/none", "ChimeBearer", bob.replace("bob", "nobody")));

        assertThat(error.get("name").asText()).isEqualTo("UnauthorizedClientException");
        assertThat(error.get("status").asInt()).isEqualTo(401);
        assertThat(error.get("code").asText()).isEqualTo("Unauthorized");
        assertThat(error.get("modelled").asBoolean()).isTrue();
    }

    @Test
    void aPaginatorGoesThroughEveryMessageOnce() throws IOException {
        String channel = chat.channel("pages", alice, bob);
        try (SdkCalls calls = js.calls()) {
            for (int i = 1; i <= 5; i++) {
                calls.messaging("SendChannelMessage", Map.of("ChannelArn", channel, "Content", "message " + i,
                        "Type", "STANDARD", "Persistence", "PERSISTENT", "ChimeBearer", alice));
            }

            JsonNode pages = calls.messaging("paginate:ListChannelMessages",
                    Map.of("ChannelArn", channel, "ChimeBearer", bob, "SortOrder", "ASCENDING", "PageSize", 2))
                    .get("pages");

            assertThat(pages).hasSize(3);
            assertThat(pages.findValuesAsText("Content"))
                    .containsExactly("message 1", "message 2", "message 3", "message 4", "message 5");
        }
    }

    private String send(String channel, String content) throws IOException {
        return js.call("SendChannelMessage", Map.of("ChannelArn", channel, "Content", content, "Type", "STANDARD",
                "Persistence", "PERSISTENT", "ChimeBearer", alice)).get("MessageId").asText();
    }

    private static void assertRejectedOnce(List<JsonNode> events, int code) {
        assertThat(events).extracting(event -> event.get("event").asText()).containsExactly("connecting", "rejected");
        assertThat(events.getLast().get("code").asInt()).isEqualTo(code);
    }
}
