package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.names.AppInstanceArn;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.lambda.LambdaServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageStatus;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageResponse;

/// Messages that go through a flow, from an SDK's call to a processor and back to sessions.
@Timeout(120)
class ChannelFlowIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LambdaServer lambda = new LambdaServer();

    @RegisterExtension
    final RunningServer server = new RunningServer().with("BELLFRAME_LAMBDA_ENDPOINT", lambda.url().toString())
            .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
            .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
            .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private SdkClients clients;
    private ChimeSdkMessagingClient messaging;
    private String ada;
    private String bob;
    private String channel;

    @BeforeEach
    void createChannel() {
        clients = opened(SdkClients.of(server));
        messaging = clients.messaging();
        ada = clients.user("ada");
        bob = clients.user("bob");
        channel = clients.channel(ada, bob);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
        lambda.close();
    }

    @Test
    void aMessageIsEverybodysOnceTheProcessorHasCalledBack() throws InterruptedException {
        associate(FallbackAction.ABORT);
        LiveSession adas = connect(ada);
        LiveSession bobs = connect(bob);

        SendChannelMessageResponse sent = send("damn");

        assertThat(sent.status().value()).isEqualTo(ChannelMessageStatus.PENDING);
        LiveSession.Event pending = adas.next();
        assertThat(pending.type()).isEqualTo("PENDING_CREATE_CHANNEL_MESSAGE");
        assertThat(pending.messageType()).isEqualTo("STANDARD");
        assertThat(pending.payload().at("/Status/Value").textValue()).isEqualTo("PENDING");
        assertThat(pending.payload().path("Content").textValue()).isEqualTo("damn");
        assertThat(status(sent.messageId())).isEqualTo(ChannelMessageStatus.PENDING);
        assertThat(clients.messages(bob, channel)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> content(bob, sent.messageId()));

        JsonNode event = invocation();
        assertThat(event.fieldNames()).toIterable().containsExactly("EventType", "CallbackId", "ChannelMessage");
        assertThat(event.path("EventType").textValue()).isEqualTo("CHANNEL_MESSAGE_EVENT");
        assertThat(event.path("CallbackId").textValue()).hasSizeBetween(32, 64);
        JsonNode message = event.path("ChannelMessage");
        assertThat(message.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("MessageId", "ChannelArn", "Content", "Sender", "Persistence", "Type",
                        "CreatedTimestamp");
        assertThat(message.path("CreatedTimestamp").textValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.at("/Sender/Arn").textValue()).isEqualTo(ada);

        answer(event, "d***");

        LiveSession.Event created = bobs.next();
        assertThat(created.type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(created.payload().path("Content").textValue()).isEqualTo("d***");
        assertThat(created.payload().path("MessageId").textValue()).isEqualTo(sent.messageId());
        assertThat(adas.next().type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(status(sent.messageId())).isEqualTo(ChannelMessageStatus.SENT);
        assertThat(content(bob, sent.messageId())).isEqualTo("d***");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> answer(event, "again"));
    }

    @Test
    void whatIsDeniedIsNeverSeen() throws InterruptedException {
        associate(FallbackAction.CONTINUE);
        LiveSession adas = connect(ada);
        String id = send("spam").messageId();
        assertThat(adas.next().type()).isEqualTo("PENDING_CREATE_CHANNEL_MESSAGE");
        JsonNode event = invocation();
        messaging.channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                .channelArn(channel)
                .deleteResource(true)
                .channelMessage(message -> message.messageId(id)));
        LiveSession.Event denied = adas.next();
        assertThat(denied.type()).isEqualTo("DENIED_CREATE_CHANNEL_MESSAGE");
        assertThat(denied.payload().at("/Status/Value").textValue()).isEqualTo("DENIED");
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> status(id));
        assertThat(clients.messages(ada, channel)).isEmpty();
    }

    @Test
    void anEditIsEverybodysOnceTheProcessorHasCalledBack() throws InterruptedException {
        associate(FallbackAction.ABORT);
        String id = send("one").messageId();
        answer(invocation(), "one");
        LiveSession adas = connect(ada);
        LiveSession bobs = connect(bob);
        assertThat(messaging.updateChannelMessage(
                update -> update.channelArn(channel).chimeBearer(ada).messageId(id).content("two")).status().value())
                .isEqualTo(ChannelMessageStatus.PENDING);
        assertThat(adas.next().type()).isEqualTo("PENDING_UPDATE_CHANNEL_MESSAGE");
        assertThat(content(bob, id)).isEqualTo("one");
        JsonNode event = invocation();
        assertThat(event.at("/ChannelMessage/LastEditedTimestamp").isTextual()).isTrue();
        answer(event, "TWO");
        LiveSession.Event updated = bobs.next();
        assertThat(updated.type()).isEqualTo("UPDATE_CHANNEL_MESSAGE");
        assertThat(updated.payload().path("Content").textValue()).isEqualTo("TWO");
        assertThat(content(bob, id)).isEqualTo("TWO");
    }

    @Test
    void aMessageWhoseProcessorIsNotThereFailsOrIsSentAsTheFlowSays() {
        lambda.reply(LambdaServer.error(404, "ResourceNotFoundException"));
        associate(FallbackAction.ABORT);
        LiveSession adas = connect(ada);
        String failing = send("one").messageId();
        assertThat(adas.next().type()).isEqualTo("PENDING_CREATE_CHANNEL_MESSAGE");
        LiveSession.Event failed = adas.next();
        assertThat(failed.type()).isEqualTo("FAILED_CREATE_CHANNEL_MESSAGE");
        assertThat(failed.payload().at("/Status/Detail").textValue()).isNotEmpty();
        assertThat(status(failing)).isEqualTo(ChannelMessageStatus.FAILED);
        server.awaitLog("Chime ChannelFlow Processing Status");

        String other = clients.channel(ada, bob);
        associate(other, FallbackAction.CONTINUE);
        LiveSession bobs = connect(bob);
        messaging.sendChannelMessage(SdkClients.message(ada, other, "two").build());
        LiveSession.Event created = bobs.next();
        assertThat(created.type()).isEqualTo("CREATE_CHANNEL_MESSAGE");
        assertThat(created.payload().path("Content").textValue()).isEqualTo("two");
    }

    @Test
    void processorsFollowEachOther() throws InterruptedException {
        associate(FallbackAction.ABORT, FallbackAction.ABORT, FallbackAction.ABORT);
        String id = send("0").messageId();
        for (int i = 1; i <= 3; i++) {
            LambdaServer.Invocation invocation = lambda.awaitInvocation();
            assertThat(invocation.functionArn()).endsWith("moderate-" + i);
            JsonNode event = json(invocation.event());
            assertThat(event.at("/ChannelMessage/Content").textValue()).isEqualTo(Integer.toString(i - 1));
            answer(event, Integer.toString(i));
        }
        assertThat(content(bob, id)).isEqualTo("3");
    }

    @Test
    void whatWasOnItsWayWhenTheServerWasKilledGoesOn() throws InterruptedException {
        associate(FallbackAction.ABORT);
        lambda.reply(LambdaServer.error(429, "TooManyRequestsException"));
        String id = send("hello").messageId();
        invocation();
        server.kill9();
        lambda.reply(LambdaServer.accepted());
        server.start();
        SdkClients after = opened(clients.at(server.port()));
        messaging = after.messaging();
        JsonNode event = invocation();
        assertThat(event.at("/ChannelMessage/MessageId").textValue()).isEqualTo(id);
        server.kill9();
        server.start();
        messaging = opened(clients.at(server.port())).messaging();
        answer(event, "HELLO");
        assertThat(content(bob, id)).isEqualTo("HELLO");
    }

    @Test
    void theOperatorSeesWhoIsLeftAlone() {
        lambda.close();
        associate(FallbackAction.ABORT);
        LiveSession adas = connect(ada);
        send("hello");
        assertThat(adas.next().type()).isEqualTo("PENDING_CREATE_CHANNEL_MESSAGE");
        assertThat(adas.next().type()).isEqualTo("FAILED_CREATE_CHANNEL_MESSAGE");
        RunningServer.Finished outbox = server.run("outbox", "--data", server.dataFolder().toString());
        assertThat(outbox.out()).contains("FLOW: ", "moderate-1: ", "in a row: ");
        assertThat(outbox.exitCode()).isZero();
    }

    private void associate(FallbackAction... fallbacks) {
        associate(channel, fallbacks);
    }

    private void associate(String some, FallbackAction... fallbacks) {
        String account = AppInstanceArn.parse(clients.appInstance()).orElseThrow().account().id();
        List<Processor> processors = IntStream.range(0, fallbacks.length)
                .mapToObj(i -> Processor.builder()
                        .name("processor " + i)
                        .executionOrder(i + 1)
                        .fallbackAction(fallbacks[i])
                        .configuration(configuration -> configuration
                                .lambda(function -> function
                                        .resourceArn("arn:aws:lambda:us-east-1:%s:function:moderate-%d"
                                                .formatted(account, i + 1))
                                        .invocationType(InvocationType.ASYNC)))
                        .build())
                .toList();
        String flow = messaging.createChannelFlow(
                create -> create.appInstanceArn(clients.appInstance()).name("flow").processors(processors))
                .channelFlowArn();
        messaging.associateChannelFlow(
                associate -> associate.channelArn(some).channelFlowArn(flow).chimeBearer(clients.admin("admin")));
    }

    private SendChannelMessageResponse send(String content) {
        return messaging.sendChannelMessage(SdkClients.message(ada, channel, content).build());
    }

    private JsonNode invocation() throws InterruptedException {
        return json(lambda.awaitInvocation().event());
    }

    private void answer(JsonNode event, String content) {
        messaging.channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                .channelArn(channel)
                .channelMessage(message -> message.messageId(event.at("/ChannelMessage/MessageId").textValue())
                        .content(content)));
    }

    private ChannelMessageStatus status(String id) {
        return messaging.getChannelMessageStatus(get -> get.channelArn(channel).chimeBearer(ada).messageId(id))
                .status()
                .value();
    }

    private String content(String reader, String id) {
        return messaging.getChannelMessage(get -> get.channelArn(channel).chimeBearer(reader).messageId(id))
                .channelMessage()
                .content();
    }

    private LiveSession connect(String user) {
        URI url = clients.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()),
                        Map.of("userArn", user, "sessionId", UUID.randomUUID().toString()), Instant.now(), LIFETIME);
        LiveSession session = opened(LiveSession.open(url, null));
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return session;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }

    private <T extends AutoCloseable> T opened(T open) {
        opened.add(open);
        return open;
    }
}
