package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// SDKs try again by themselves when an answer does not come or says so. However it went, there is one message.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetriesIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool MODULES = JavaScriptSdk.requiredModules();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    private final Map<Sdk, SdkCalls> sdks = new EnumMap<>(Sdk.class);
    private Map<String, String> throughProxy;
    private FaultyProxy proxy;
    private SdkCalls undisturbed;
    private Conversation chat;
    private MessagingSession bob;

    @BeforeAll
    void prepare() throws IOException {
        Map<String, String> variables = SERVER.variables();
        undisturbed = Sdk.JAVASCRIPT.start(variables);
        chat = Conversation.start(undisturbed);
        bob = new JavaScriptSdk(variables).connect(chat.bob()).awaitStart();
        proxy = FaultyProxy.before(variables.getOrDefault("AWS_ENDPOINT_URL", ""));
        throughProxy = new HashMap<>(variables);
        throughProxy.put("AWS_ENDPOINT_URL", proxy.endpoint());
    }

    @AfterAll
    void end() throws IOException {
        for (SdkCalls sdk : sdks.values()) {
            sdk.close();
        }
        if (bob != null) {
            bob.close();
        }
        if (undisturbed != null) {
            undisturbed.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    static Stream<Arguments> attempts() {
        // Not in Chromium, which shows a page no answer of a proxy that knows nothing of CORS.
        return Stream.of(Sdk.values())
                .filter(sdk -> sdk != Sdk.CHROMIUM)
                .flatMap(sdk -> faults(sdk).map(fault -> Arguments.of(sdk, fault)));
    }

    /// The second SDK for JavaScript waits for the rest of a cut answer, longer than a test can.
    private static Stream<FaultyProxy.Fault> faults(Sdk sdk) {
        boolean waits = sdk == Sdk.JAVASCRIPT_2 || sdk == Sdk.JAVASCRIPT_2_LEGACY;
        return Stream.of(FaultyProxy.Fault.values())
                .filter(fault -> !waits || fault != FaultyProxy.Fault.DONE_AND_CUT);
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void aRetryCreatesNoSecondMessage(Sdk kind, FaultyProxy.Fault fault) {
        kind.require();
        SdkCalls sdk = sdks.computeIfAbsent(kind, it -> it.start(throughProxy));
        String content = kind + " " + fault + " 👋";
        proxy.failOnce(fault);

        String message = sdk.messaging("SendChannelMessage", chat.message(chat.channel(), content))
                .get("MessageId")
                .asText();

        assertThat(proxy.attempts()).hasSize(2)
                .extracting(RetriesIT::token)
                .containsOnly(token(proxy.attempts().get(0)));
        assertThat(listed(content)).containsExactly(message);
        assertThat(heard(content)).containsExactly(message);
    }

    private static String token(String body) {
        try {
            String token = JavaScriptSdk.JSON.readTree(body).path("ClientRequestToken").asText();
            assertThat(token).isNotEmpty();
            return token;
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    private List<String> listed(String content) {
        return undisturbed.messaging("ListChannelMessages", Conversation.on(chat.channel(), chat.bob()))
                .get("ChannelMessages")
                .valueStream()
                .filter(message -> message.get("Content").asText().equals(content))
                .map(message -> message.get("MessageId").asText())
                .toList();
    }

    /// The messages with the content in the session, up to one that is sent now.
    private List<String> heard(String content) {
        String last = chat.send(chat.channel(), "after " + content);
        List<String> heard = new ArrayList<>();
        while (true) {
            JsonNode payload = bob.awaitMessage("CREATE_CHANNEL_MESSAGE").get("payload");
            String message = payload.get("MessageId").asText();
            if (message.equals(last)) {
                return heard;
            }
            assertThat(payload.get("Content").asText()).isEqualTo(content);
            heard.add(message);
        }
    }
}
