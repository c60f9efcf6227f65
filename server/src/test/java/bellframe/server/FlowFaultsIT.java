package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.lambda.LambdaServer;
import bellframe.outbound.webhook.WebhookCheck;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageStatus;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Whatever a processor does, each message and each edit ends in exactly one state, which the status, the lists and the
/// sessions of all tell alike.
///
/// All cases are under way at once, so that together they take as long as the slowest.
@Timeout(120)
class FlowFaultsIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String MODERATOR = "webhook-moderator";
    private static final String PROCESSED = "processed";
    /// Beyond these attempts the fallback is applied.
    private static final int ATTEMPTS_MAX = 4;

    /// How a processor is called.
    private enum Form {
        LAMBDA,
        WEBHOOK
    }

    /// What a processor does when it is called.
    private enum Fault {
        /// None: it calls back with other content.
        NONE,
        DENIES,
        /// It calls back twice.
        ANSWERS_TWICE,
        /// It calls back, but does not answer before its message has been seen by all.
        ANSWERS_LATE,
        /// It calls back, and answers what nobody understands.
        GARBAGE,
        NO_HTTP,
        DOWN,
        NEVER_ANSWERS,
        DRIPS,
        THROTTLED,
        BROKEN,
        NOT_FOUND,
        REDIRECTS,
        UNTRUSTED
    }

    /// What is run through the flow.
    private enum Kind {
        CREATE,
        EDIT,
        NON_PERSISTENT,
        TARGETED
    }

    private enum End {
        PROCESSED,
        UNCHANGED,
        FAILED,
        DENIED
    }

    /// A processor.
    record Case(Form form, Fault fault) {

        String function() {
            return (form + "-" + fault).toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private End end(FallbackAction fallback) {
            return switch (fault) {
                case NONE, ANSWERS_TWICE, ANSWERS_LATE, GARBAGE -> End.PROCESSED;
                case DENIES -> End.DENIED;
                case NO_HTTP, DOWN, NEVER_ANSWERS, DRIPS, THROTTLED, BROKEN, NOT_FOUND, REDIRECTS, UNTRUSTED ->
                    fallback == FallbackAction.ABORT ? End.FAILED : End.UNCHANGED;
            };
        }

        @Override
        public String toString() {
            return function();
        }
    }

    /// A message that was sent or edited, in a channel of its own.
    record Flowing(Kind kind, FallbackAction fallback, String channel, String messageId) {
    }

    private static final Set<Fault> WEBHOOK_ONLY = EnumSet.of(Fault.ANSWERS_LATE, Fault.NO_HTTP, Fault.DOWN,
            Fault.DRIPS,
            Fault.UNTRUSTED);

    private static final LambdaServer lambda = new LambdaServer();
    /// Each with connections of its own, so that those that hang do not keep others waiting.
    private static final Map<Fault, TestReceiver> webhooks = webhooks();
    private static final TestCertificates certificates = new TestCertificates();
    private static final TestReceiver trusted = new TestReceiver(certificates);
    private static final TestReceiver untrusted = new TestReceiver(new TestCertificates());
    private static final TestReceiver elsewhere = new TestReceiver();
    private static final Socket notListening = notListening();
    private static final ServerSocket noHttp = noHttp();
    private static final Path authority = authority();
    private static final CountDownLatch seenByAll = new CountDownLatch(1);

    @RegisterExtension
    static final RunningServer server = new RunningServer().with("BELLFRAME_LAMBDA_ENDPOINT", lambda.url().toString())
            .with("BELLFRAME_PROCESSOR_WEBHOOKS", addresses())
            .with("BELLFRAME_WEBHOOK_SECRET", SECRET)
            .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
            .with("BELLFRAME_OUTBOUND_CA_FILE", authority.toString())
            .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
            .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);

    private static final List<AutoCloseable> opened = new ArrayList<>();
    private static final Map<Case, List<Flowing>> flowing = new HashMap<>();
    private static SdkClients clients;
    private static String ada;
    private static String bob;
    private static String carl;
    private static String common;
    private static HeardEvents adas;
    private static HeardEvents bobs;
    private static HeardEvents carls;

    @BeforeAll
    static void begin() throws Exception {
        clients = opened(SdkClients.of(server));
        ada = clients.admin("ada");
        bob = clients.user("bob");
        carl = clients.user("carl");
        common = clients.channel(ada, bob, carl);
        adas = connect(ada);
        bobs = connect(bob);
        carls = connect(carl);
        lambda.reply(FlowFaultsIT::reply);
        webhooks.values().forEach(receiver -> receiver.reply(FlowFaultsIT::reply));
        beginAll();
    }

    private static void beginAll() throws Exception {
        var begun = new HashMap<Case, List<Future<Flowing>>>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cases().forEach(some -> begun.put(some, Stream.of(FallbackAction.ABORT, FallbackAction.CONTINUE)
                    .flatMap(fallback -> {
                        String flow = flow(clients, fallback, FUNCTION + some.function());
                        return Arrays.stream(Kind.values())
                                .map(kind -> threads.submit(() -> begin(kind, fallback, flow)));
                    })
                    .toList()));
        }
        for (Map.Entry<Case, List<Future<Flowing>>> some : begun.entrySet()) {
            var messages = new ArrayList<Flowing>();
            for (Future<Flowing> message : some.getValue()) {
                messages.add(message.get());
            }
            flowing.put(some.getKey(), messages);
        }
    }

    private static Flowing begin(Kind kind, FallbackAction fallback, String flow) {
        String channel = clients.channel(ada, bob, carl);
        String messageId = kind == Kind.EDIT ? clients.send(ada, channel, "old") : "";
        associate(clients, channel, flow, ada);
        if (kind == Kind.EDIT) {
            assertThat(edit(channel, messageId, "new")).isEqualTo(ChannelMessageStatus.PENDING);
            return new Flowing(kind, fallback, channel, messageId);
        }
        SendChannelMessageRequest.Builder message = SdkClients.message(ada, channel, "new");
        if (kind == Kind.NON_PERSISTENT) {
            message.persistence(ChannelMessagePersistenceType.NON_PERSISTENT);
        }
        if (kind == Kind.TARGETED) {
            message.target(Target.builder().memberArn(bob).build());
        }
        return new Flowing(kind, fallback, channel,
                clients.messaging().sendChannelMessage(message.build()).messageId());
    }

    @AfterAll
    static void nothingCameLater() throws Exception {
        seenByAll.countDown();
        try {
            hearEverything();
            flowing.forEach((some, messages) -> messages
                    .forEach(message -> checkEvents(message, some.end(message.fallback()))));
        } finally {
            for (AutoCloseable open : opened) {
                open.close();
            }
            webhooks.values().forEach(TestReceiver::close);
            for (AutoCloseable receiver : List.of(lambda, trusted, untrusted, elsewhere, notListening, noHttp)) {
                receiver.close();
            }
            Files.delete(authority);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Form.values())
                .flatMap(form -> Stream.of(Fault.values())
                        .filter(fault -> form == Form.WEBHOOK || !WEBHOOK_ONLY.contains(fault))
                        .map(fault -> new Case(form, fault)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMessageEndsInOneStateThatAllSeeAlike(Case some) {
        List<Flowing> messages = flowing.getOrDefault(some, List.of());
        assertThat(messages).hasSize(2 * Kind.values().length);
        messages.forEach(message -> adas.await(message.messageId(), eventsOfSender(message, End.FAILED).size()));
        hearEverything();
        for (Flowing message : messages) {
            End end = some.end(message.fallback());
            checkEvents(message, end);
            checkLists(message, end);
            checkStatus(message, end);
        }
        if (some.fault() == Fault.ANSWERS_LATE) {
            seenByAll.countDown();
        }
    }

    @Test
    void nobodyIsCalledMoreOftenThanTheFallbackWaits() throws InterruptedException {
        flowing.values()
                .forEach(messages -> messages.forEach(message -> adas.await(message.messageId(),
                        eventsOfSender(message, End.FAILED).size())));
        var attempts = new HashMap<String, Integer>();
        var callbackIds = new HashMap<String, Set<String>>();
        for (TestReceiver receiver : webhooks.values()) {
            while (receiver.waiting() > 0) {
                JsonNode event = json(receiver.await());
                String message = event.at("/ChannelMessage/MessageId").textValue();
                attempts.merge(message, 1, Integer::sum);
                callbackIds.computeIfAbsent(message, _ -> new HashSet<>()).add(event.path("CallbackId").textValue());
            }
        }
        assertThat(attempts.values()).isNotEmpty().allMatch(count -> count <= ATTEMPTS_MAX);
        assertThat(callbackIds.values()).allMatch(ids -> ids.size() == 1);
        assertThat(elsewhere.waiting()).as("requests that followed a redirect").isZero();
        assertThat(untrusted.waiting()).as("requests to somebody with a wrong certificate").isZero();
    }

    @Test
    void aWebhookModeratesWhatIsSentAndEdited() throws InterruptedException {
        String channel = clients.channel(ada, bob, carl);
        associate(clients, channel, flow(clients, FallbackAction.ABORT, FUNCTION + MODERATOR), ada);

        String id = clients.send(ada, channel, "damn");
        callBack(moderated(id, "damn"), "d***");
        assertHeard(id, "PENDING_CREATE_CHANNEL_MESSAGE", "CREATE_CHANNEL_MESSAGE", "d***");

        edit(channel, id, "hell");
        callBack(moderated(id, "hell"), "h***");
        adas.await(id, 4);
        assertThat(adas.types(id)).endsWith("PENDING_UPDATE_CHANNEL_MESSAGE", "UPDATE_CHANNEL_MESSAGE");
        bobs.await(id, 2);
        assertThat(bobs.of(id).getLast().payload().path("Content").textValue()).isEqualTo("h***");

        String denied = clients.send(ada, channel, "spam");
        deny(moderated(denied, "spam"));
        adas.await(denied, 2);
        assertThat(adas.types(denied)).containsExactly("PENDING_CREATE_CHANNEL_MESSAGE",
                "DENIED_CREATE_CHANNEL_MESSAGE");
        hearEverything();
        assertThat(bobs.of(denied)).isEmpty();
        assertThat(clients.messages(bob, channel)).extracting(ChannelMessageSummary::content).containsExactly("h***");
    }

    private static void assertHeard(String id, String first, String second, String content) {
        adas.await(id, 2);
        assertThat(adas.types(id)).containsExactly(first, second);
        bobs.await(id, 1);
        assertThat(bobs.types(id)).containsExactly(second);
        assertThat(bobs.of(id).getFirst().payload().path("Content").textValue()).isEqualTo(content);
    }

    /// The next event that the moderator is called with, which must be signed.
    private static JsonNode moderated(String messageId, String content) throws InterruptedException {
        Received request = trusted.await();
        assertThat(WebhookCheck.isSigned(request, SECRET)).isTrue();
        assertThat(request.rawPath()).isEqualTo("/" + MODERATOR);
        JsonNode event = json(request);
        assertThat(event.path("EventType").textValue()).isEqualTo("CHANNEL_MESSAGE_EVENT");
        assertThat(event.at("/ChannelMessage/MessageId").textValue()).isEqualTo(messageId);
        assertThat(event.at("/ChannelMessage/Content").textValue()).isEqualTo(content);
        return event;
    }

    /// A private address is one of those that nobody is called at unless that is configured.
    @Test
    void whoMayNotBeCalledIsNotCalled() throws Exception {
        try (var receiver = new TestReceiver(certificates);
                var other = new RunningServer()
                        .with("BELLFRAME_PROCESSOR_WEBHOOKS", FUNCTION + "private=" + receiver.url("/private"))
                        .with("BELLFRAME_WEBHOOK_SECRET", SECRET)
                        .with("BELLFRAME_OUTBOUND_CA_FILE", authority.toString())) {
            other.start();
            try (SdkClients others = SdkClients.of(other)) {
                String sender = others.admin("sender");
                for (String function : List.of("private", "without-endpoint")) {
                    assertThat(outcome(others, sender, FallbackAction.ABORT, FUNCTION + function))
                            .as("%s and ABORT", function)
                            .isEqualTo(ChannelMessageStatus.FAILED);
                    assertThat(outcome(others, sender, FallbackAction.CONTINUE, FUNCTION + function))
                            .as("%s and CONTINUE", function)
                            .isEqualTo(ChannelMessageStatus.SENT);
                }
            }
            assertThat(receiver.waiting()).isZero();
        }
    }

    private static ChannelMessageStatus outcome(SdkClients some, String sender, FallbackAction fallback,
            String function) {
        String channel = some.channel(sender);
        associate(some, channel, flow(some, fallback, function), sender);
        String id = some.send(sender, channel, "hello");
        ChannelMessageStatus status = ChannelMessageStatus.PENDING;
        while (status == ChannelMessageStatus.PENDING) {
            status = some.messaging()
                    .getChannelMessageStatus(get -> get.channelArn(channel).chimeBearer(sender).messageId(id))
                    .status()
                    .value();
        }
        return status;
    }

    /// Listens until everything that has happened so far has been heard.
    private static void hearEverything() {
        String last = clients.send(ada, common, "that was all");
        Stream.of(adas, bobs, carls).forEach(heard -> heard.await(last, 1));
    }

    private static void checkEvents(Flowing message, End end) {
        String id = message.messageId();
        assertThat(adas.types(id)).as("%s to its sender", message).isEqualTo(eventsOfSender(message, end));
        assertThat(bobs.types(id)).as("%s to a member", message).isEqualTo(eventsOfOthers(message, end));
        assertThat(carls.types(id)).as("%s to another member", message)
                .isEqualTo(message.kind() == Kind.TARGETED ? List.of() : eventsOfOthers(message, end));
        if (end == End.PROCESSED || end == End.UNCHANGED) {
            assertThat(bobs.of(id).getLast().payload().path("Content").textValue()).as("%s", message)
                    .isEqualTo(content(end));
        }
        JsonNode last = adas.of(id).getLast().payload();
        assertThat(last.at("/Status/Value").asText()).as("%s", message)
                .isEqualTo(end == End.FAILED || end == End.DENIED ? end.name() : "SENT");
    }

    private static List<String> eventsOfSender(Flowing message, End end) {
        boolean edit = message.kind() == Kind.EDIT;
        String what = edit ? "UPDATE_CHANNEL_MESSAGE" : "CREATE_CHANNEL_MESSAGE";
        String last = switch (end) {
            case PROCESSED, UNCHANGED -> what;
            case FAILED, DENIED -> end + "_" + what;
        };
        return edit
                ? List.of("CREATE_CHANNEL_MESSAGE", "PENDING_" + what, last)
                : List.of("PENDING_" + what, last);
    }

    private static List<String> eventsOfOthers(Flowing message, End end) {
        return eventsOfSender(message, end).stream()
                .filter(type -> type.startsWith("CREATE") || type.startsWith("UPDATE"))
                .toList();
    }

    private static String content(End end) {
        return end == End.PROCESSED ? PROCESSED : "new";
    }

    private static void checkLists(Flowing message, End end) {
        assertThat(listed(ada, message)).as("%s in the list of its sender", message)
                .isEqualTo(listedBySender(message, end));
        List<String> others = listedByOthers(message, end);
        assertThat(listed(bob, message)).as("%s in the list of a member", message).isEqualTo(others);
        assertThat(listed(carl, message)).as("%s in the list of another member", message)
                .isEqualTo(message.kind() == Kind.TARGETED ? List.of() : others);
    }

    private static List<String> listed(String reader, Flowing message) {
        return clients.messages(reader, message.channel())
                .stream()
                .map(listed -> listed.messageId().equals(message.messageId())
                        ? listed.content() + " " + listed.status().value()
                        : "another message")
                .toList();
    }

    private static List<String> listedBySender(Flowing message, End end) {
        return end == End.FAILED && message.kind() != Kind.NON_PERSISTENT
                ? List.of("new FAILED")
                : listedByOthers(message, end);
    }

    private static List<String> listedByOthers(Flowing message, End end) {
        return switch (message.kind()) {
            case NON_PERSISTENT -> List.of();
            case CREATE, TARGETED -> switch (end) {
                case PROCESSED, UNCHANGED -> List.of(content(end) + " SENT");
                case FAILED, DENIED -> List.of();
            };
            case EDIT -> switch (end) {
                case PROCESSED, UNCHANGED -> List.of(content(end) + " SENT");
                case FAILED, DENIED -> List.of("old SENT");
            };
        };
    }

    private static void checkStatus(Flowing message, End end) {
        boolean gone = message.kind() == Kind.NON_PERSISTENT || (end == End.DENIED && message.kind() != Kind.EDIT);
        if (gone) {
            assertThatExceptionOfType(ForbiddenException.class).as("%s", message).isThrownBy(() -> status(message));
        } else {
            assertThat(status(message)).as("%s", message)
                    .isEqualTo(end == End.FAILED ? ChannelMessageStatus.FAILED : ChannelMessageStatus.SENT);
        }
    }

    private static @Nullable ChannelMessageStatus status(Flowing message) {
        return clients.messaging()
                .getChannelMessageStatus(get -> get.channelArn(message.channel())
                        .chimeBearer(ada)
                        .messageId(message.messageId()))
                .status()
                .value();
    }

    private static ChannelMessageStatus edit(String channel, String messageId, String content) {
        return clients.messaging()
                .updateChannelMessage(update -> update.channelArn(channel)
                        .chimeBearer(ada)
                        .messageId(messageId)
                        .content(content))
                .status()
                .value();
    }

    private static String flow(SdkClients some, FallbackAction fallback, String function) {
        return some.messaging()
                .createChannelFlow(create -> create.appInstanceArn(some.appInstance())
                        .name(function.substring(FUNCTION.length()))
                        .processors(Processor.builder()
                                .name("processor")
                                .executionOrder(1)
                                .fallbackAction(fallback)
                                .configuration(configuration -> configuration
                                        .lambda(by -> by.resourceArn(function).invocationType(InvocationType.ASYNC)))
                                .build()))
                .channelFlowArn();
    }

    private static void associate(SdkClients some, String channel, String flow, String admin) {
        some.messaging()
                .associateChannelFlow(
                        associate -> associate.channelArn(channel).channelFlowArn(flow).chimeBearer(admin));
    }

    /// Does what the function is for that is called, by the last part of the request's path or its ARN.
    private static void reply(Received request, Answering answering) throws IOException {
        String path = URLDecoder.decode(request.rawPath(), StandardCharsets.UTF_8).replaceFirst("/invocations$", "");
        String function = path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')));
        Case called = cases().filter(some -> some.function().equals(function)).findFirst().orElseThrow();
        JsonNode event = json(request);
        int taken = called.form() == Form.LAMBDA ? 202 : 200;
        switch (called.fault()) {
            case NONE -> {
                answering.send(taken, Map.of(), "");
                callBack(event, PROCESSED);
            }
            case DENIES -> {
                deny(event);
                answering.send(taken, Map.of(), "");
            }
            case ANSWERS_TWICE -> {
                callBack(event, PROCESSED);
                assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> callBack(event, "again"));
                assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> deny(event));
                answering.send(taken, Map.of(), "");
            }
            case ANSWERS_LATE -> {
                callBack(event, PROCESSED);
                awaitSeenByAll();
                answering.send(taken, Map.of(), "");
            }
            case GARBAGE -> {
                answering.send(taken, Map.of("Content-Type", "application/json"), "{\"\0[<!");
                callBack(event, PROCESSED);
            }
            case NEVER_ANSWERS -> Reply.never().to(request, answering);
            case DRIPS -> Reply.slowly(taken).to(request, answering);
            case THROTTLED -> error(called, 429, "TooManyRequestsException", Map.of("Retry-After", "3600"))
                    .to(request, answering);
            case BROKEN -> error(called, 500, "ServiceException", Map.of()).to(request, answering);
            case NOT_FOUND -> error(called, 404, "ResourceNotFoundException", Map.of()).to(request, answering);
            case REDIRECTS -> answering.send(307, Map.of("Location", elsewhere.url("/").toString()), "");
            case NO_HTTP, DOWN, UNTRUSTED -> throw new AssertionError(called + " is not to be reached");
        }
    }

    private static void awaitSeenByAll() {
        try {
            seenByAll.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply error(Case called, int status, String code, Map<String, String> headers) {
        return called.form() == Form.LAMBDA
                ? LambdaServer.error(status, code, headers)
                : Reply.of(status, headers, "no");
    }

    private static void callBack(JsonNode event, String content) {
        clients.messaging()
                .channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                        .channelArn(event.at("/ChannelMessage/ChannelArn").textValue())
                        .channelMessage(message -> message
                                .messageId(event.at("/ChannelMessage/MessageId").textValue())
                                .content(content)));
    }

    private static void deny(JsonNode event) {
        clients.messaging()
                .channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                        .channelArn(event.at("/ChannelMessage/ChannelArn").textValue())
                        .deleteResource(true)
                        .channelMessage(message -> message
                                .messageId(event.at("/ChannelMessage/MessageId").textValue())));
    }

    private static JsonNode json(Received request) {
        try {
            return JSON.readTree(request.text());
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }

    private static String addresses() {
        return Stream.concat(cases().filter(some -> some.form() == Form.WEBHOOK)
                .map(some -> FUNCTION + some.function() + "=" + address(some)),
                Stream.of(FUNCTION + MODERATOR + "=" + trusted.url("/" + MODERATOR)))
                .collect(Collectors.joining(","));
    }

    private static URI address(Case some) {
        return switch (some.fault()) {
            case DOWN -> URI.create("http://localhost:" + notListening.getLocalPort() + "/");
            case NO_HTTP -> URI.create("http://localhost:" + noHttp.getLocalPort() + "/");
            case UNTRUSTED -> untrusted.url("/");
            case NONE, DENIES, ANSWERS_TWICE, ANSWERS_LATE, GARBAGE, NEVER_ANSWERS, DRIPS, THROTTLED, BROKEN, NOT_FOUND,
                    REDIRECTS ->
                webhook(some.fault()).url("/" + some.function());
        };
    }

    private static Map<Fault, TestReceiver> webhooks() {
        var receivers = new EnumMap<Fault, TestReceiver>(Fault.class);
        Stream.of(Fault.values()).forEach(fault -> receivers.put(fault, new TestReceiver()));
        return receivers;
    }

    private static TestReceiver webhook(Fault fault) {
        return Objects.requireNonNull(webhooks.get(fault));
    }

    /// Keeps a port on which nobody listens.
    private static Socket notListening() {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
            return socket;
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    /// Says what is no HTTP to whoever connects.
    private static ServerSocket noHttp() {
        try {
            var listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
            Thread.ofPlatform().daemon().start(() -> {
                while (!listening.isClosed()) {
                    try (Socket connection = listening.accept()) {
                        connection.getInputStream().read();
                        connection.getOutputStream()
                                .write("220 mail.example.com\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException _) {
                        // The other side is gone, or this one is closed.
                    }
                }
            });
            return listening;
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static Path authority() {
        try {
            return certificates.writeAuthority(Files.createTempFile("authority", ".pem"));
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static HeardEvents connect(String user) {
        URI url = clients.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()),
                        Map.of("userArn", user, "sessionId", UUID.randomUUID().toString()), Instant.now(), LIFETIME);
        LiveSession session = opened(LiveSession.open(url, null));
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return new HeardEvents(session);
    }

    private static <T extends AutoCloseable> T opened(T open) {
        opened.add(open);
        return open;
    }
}
