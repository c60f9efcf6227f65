package bellframe.clients;

import static bellframe.clients.Step.close;
import static bellframe.clients.Step.hex;
import static bellframe.clients.Step.ping;
import static bellframe.clients.Step.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What RFC 6455 says of servers, tried with two WebSocket libraries in sessions of the real server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketConformanceIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool MODULES = JavaScriptSdk.requiredModules();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    /// Less than libraries wait before they cut a connection by themselves, more than the server waits.
    private static final Duration END_LIMIT = Duration.ofSeconds(8);

    enum Scheme {
        WS,
        WSS
    }

    /// A library in a process that speaks one of the schemes.
    record Client(WebSocketLibrary library, Scheme scheme) {

        static Stream<Client> all() {
            return Arrays.stream(WebSocketLibrary.values())
                    .flatMap(library -> Arrays.stream(Scheme.values()).map(scheme -> new Client(library, scheme)));
        }

        /// This client with every one of the cases.
        static Stream<Arguments> each(List<? extends Record> cases) {
            return all().flatMap(client -> cases.stream().map(it -> Arguments.of(client, it)));
        }
    }

    private final Map<Client, WebSocketClient> started = new HashMap<>();
    private SdkCalls sdk;
    private Conversation chat;

    @BeforeAll
    void prepare() {
        sdk = Sdk.JAVASCRIPT.start(SERVER.variables());
        chat = Conversation.start(sdk);
    }

    @AfterAll
    void end() throws IOException {
        for (WebSocketClient client : started.values()) {
            client.close();
        }
        if (sdk != null) {
            sdk.close();
        }
    }

    static Stream<Arguments> allowed() {
        return Client.each(WebSocketCases.allowed());
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whatIsAllowedLeavesTheSessionAlive(Client which, WebSocketCases.Allowed allowed) {
        WebSocketClient client = open(which);
        List<Step> steps = new ArrayList<>(allowed.steps());
        steps.add(ping("1a57"));
        List<String> pongs = new ArrayList<>(allowed.pings());
        pongs.add("1a57");

        client.send(steps);

        assertThat(client.pongs(pongs.size())).isEqualTo(pongs);
        String content = UUID.randomUUID().toString();
        chat.send(chat.channel(), content);
        assertThat(client.nextMessage()).isEqualTo(content);
        client.send(List.of(close(1000, "")));
        assertThat(end(client).code()).isEqualTo(1000);
    }

    static Stream<Arguments> farewells() {
        return Client.each(WebSocketCases.farewells());
    }

    @ParameterizedTest
    @MethodSource("farewells")
    void aCloseFrameIsEchoedAndTheSocketEnds(Client which, WebSocketCases.Farewell farewell) {
        WebSocketClient client = open(which);

        client.send(farewell.steps());

        assertThat(end(client)).isEqualTo(new WebSocketClient.End(farewell.code(), ""));
    }

    static Stream<Arguments> broken() {
        return Client.each(WebSocketCases.broken());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenRuleIsNamedAndTheSocketEnds(Client which, WebSocketCases.Broken broken) {
        WebSocketClient client = open(which);

        client.send(broken.steps());

        assertThat(end(client).code()).isEqualTo(broken.code());
    }

    static Stream<Arguments> openings() {
        return Client.each(WebSocketCases.openings());
    }

    @ParameterizedTest
    @MethodSource("openings")
    void theHandshakeIsReadAsItIsMeant(Client which, WebSocketCases.Opening opening) {
        WebSocketClient client = client(which);

        var answer = client.connect(chat.bob(), Map.of("Headers", Map.of(opening.header(), opening.value())));

        assertThat(answer.status()).isEqualTo(opening.status());
        assertThat(answer.headers().path("sec-websocket-version").asText())
                .isEqualTo(opening.status() == 426 ? "13" : "");
    }

    static Stream<Client> clients() {
        return Client.all();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void compressionIsDeclined(Client which) {
        WebSocketClient client = client(which);

        var answer = client.connect(chat.bob(), Map.of("Compression", true));

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers().has("sec-websocket-extensions")).isFalse();
        client.send(List.of(text(true, hex("plain")), ping("01")));
        assertThat(client.pongs(1)).containsExactly("01");
    }

    /// ws gives up on a server that chooses none, so there is no session to try.
    @ParameterizedTest
    @MethodSource("clients")
    void subprotocolsAreDeclined(Client which) {
        var answer = client(which).connect(chat.bob(), Map.of("Protocols", List.of("chat", "superchat")));

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers().has("sec-websocket-protocol")).isFalse();
    }

    private WebSocketClient open(Client which) {
        WebSocketClient client = client(which);
        assertThat(client.connect(chat.bob(), Map.of()).status()).isEqualTo(101);
        return client;
    }

    private WebSocketClient client(Client which) {
        return started.computeIfAbsent(which, WebSocketConformanceIT::start);
    }

    private static WebSocketClient start(Client which) {
        which.library().require();
        return which.library().start(which.scheme() == Scheme.WSS ? SERVER.variables("--https") : SERVER.variables());
    }

    private static WebSocketClient.End end(WebSocketClient client) {
        return assertTimeout(END_LIMIT, client::awaitEnd);
    }
}
