package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.chimesdkmessaging.model.AllowNotifications;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;

/// Inputs that break no constraint of the model and are a BadRequestException all the same.
final class BeyondTheModel {

    /// The model counts code points, the service bytes.
    private static final String MESSAGE_TOO_LARGE = "Channel Messages size limit exceeded. Content max 4096, Metadata max 1024";
    private static final String EMOJI = "\uD83D\uDE00";
    private static final String PROCESSOR_ORDER = "Processors: each has an ExecutionOrder of its own";

    /// An input that is refused.
    ///
    /// @param message what the caller is told
    /// @param call must end in the refusal
    record Row(String operation, String message, Consumer<SdkClients> call) {

        @Override
        public String toString() {
            return operation + " " + message;
        }
    }

    static final List<Row> ROWS = Stream
            .of(channels(), messages(), preferences(), filterRules(), flows(), metadata(), others())
            .flatMap(List::stream)
            .toList();

    private BeyondTheModel() {
    }

    /// What an operation may say to an input that the model allows.
    static Set<String> messages(String operation) {
        return ROWS.stream()
                .filter(row -> row.operation().equals(operation))
                .map(Row::message)
                .collect(
                        Collectors.toSet());
    }

    private static List<Row> channels() {
        return List.of(
                new Row("CreateChannel", "ElasticChannelConfiguration: this server has no elastic channels yet.",
                        clients -> clients.messaging()
                                .createChannel(clients.newChannel(clients.user("ada"))
                                        .elasticChannelConfiguration(elastic -> elastic.maximumSubChannels(2)
                                                .targetMembershipsPerSubChannel(2)
                                                .minimumMembershipPercentage(40))
                                        .build())),
                new Row("ListSubChannels", "ChannelArn: the channel is not an elastic channel", clients -> {
                    String ada = clients.user("ada");
                    String channel = clients.channel(ada);
                    clients.messaging().listSubChannels(list -> list.channelArn(channel).chimeBearer(ada));
                }));
    }

    private static List<Row> messages() {
        return List.of(
                message(MESSAGE_TOO_LARGE, message -> message.content(EMOJI.repeat(1025))),
                message("MessageAttributes: names and values have at most 1024 bytes together",
                        message -> message.messageAttributes(Map.of("n", MessageAttributeValue.builder()
                                .stringValues("v".repeat(512), "v".repeat(512))
                                .build()))),
                message("PushNotification: Title or Body is required",
                        message -> message.pushNotification(push -> push.type("VOIP"))),
                message("Content: a CONTROL message has at most 30 bytes",
                        message -> message.type(ChannelMessageType.CONTROL).content(EMOJI.repeat(8))),
                message("Metadata: a CONTROL message has none",
                        message -> message.type(ChannelMessageType.CONTROL).metadata("{}")),
                new Row("UpdateChannelMessage", MESSAGE_TOO_LARGE, clients -> {
                    String ada = clients.user("ada");
                    String channel = clients.channel(ada);
                    String id = clients.send(ada, channel, "a message");
                    clients.messaging()
                            .updateChannelMessage(update -> update.channelArn(channel)
                                    .chimeBearer(ada)
                                    .messageId(id)
                                    .content(EMOJI.repeat(1025)));
                }),
                new Row("ListChannelMessages", "NotBefore: must not be after NotAfter", clients -> {
                    String ada = clients.user("ada");
                    String channel = clients.channel(ada);
                    clients.messaging()
                            .listChannelMessages(list -> list.channelArn(channel)
                                    .chimeBearer(ada)
                                    .notBefore(Instant.ofEpochSecond(2))
                                    .notAfter(Instant.ofEpochSecond(1)));
                }));
    }

    private static Row message(String refusal,
            Function<SendChannelMessageRequest.Builder, SendChannelMessageRequest.Builder> change) {
        return new Row("SendChannelMessage", refusal, clients -> {
            String ada = clients.user("ada");
            clients.messaging()
                    .sendChannelMessage(change.apply(SdkClients.message(ada, clients.channel(ada), "x")).build());
        });
    }

    private static List<Row> preferences() {
        return List.of(
                preferences("is required with FILTERED", AllowNotifications.FILTERED, null),
                preferences("goes with FILTERED only", AllowNotifications.ALL, Stage.RULE),
                preferences("goes with FILTERED only", AllowNotifications.NONE, Stage.RULE));
    }

    private static List<Row> filterRules() {
        String clause = "{\"a\":[\"b\"]}";
        String values = IntStream.range(0, 20).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        return Stream.of(
                rule("has at most 2048 bytes", EMOJI.repeat(600)),
                rule("is not JSON", "{"),
                rule("is not JSON", "{\"a\":[\"b\"],\"a\":[\"c\"]}"),
                rule("a JSON object is expected", "[]"),
                rule("one JSON object is expected", clause + clause),
                rule("an object names at least one attribute", "{}"),
                rule("an attribute takes an array", "{\"a\":\"b\"}"),
                rule("an array holds at least one text", "{\"a\":[]}"),
                rule("an array holds texts, or one object", "{\"a\":[1]}"),
                rule("an object in an array has anything-but with an array", "{\"a\":[{\"only\":[\"b\"]}]}"),
                rule("nothing stands beside anything-but", "{\"a\":[{\"anything-but\":[\"b\"]},\"c\"]}"),
                rule("$or takes an array", "{\"$or\":1}"),
                rule("$or takes an array of objects", "{\"$or\":[1]}"),
                rule("$or takes at least one object", "{\"$or\":[]}"),
                rule("nothing stands beside $or", "{\"a\":[\"b\"],\"$or\":[" + clause + "]}"),
                rule("has at most 5 clauses in $or", "{\"$or\":[" + String.join(",", clause, clause, clause, clause,
                        clause, clause) + "]}"),
                rule("has at most 20 names and values together", "{\"a\":[" + values + "]}")).toList();
    }

    private static Row rule(String refusal, String rule) {
        return preferences(refusal, AllowNotifications.FILTERED, rule);
    }

    private static Row preferences(String refusal, AllowNotifications allow, @Nullable String rule) {
        return new Row("PutChannelMembershipPreferences", "FilterRule: " + refusal, clients -> {
            String ada = clients.user("ada");
            String channel = clients.channel(ada);
            clients.messaging()
                    .putChannelMembershipPreferences(put -> put.channelArn(channel)
                            .chimeBearer(ada)
                            .memberArn(ada)
                            .preferences(all -> all.pushNotifications(
                                    push -> push.allowNotifications(allow).filterRule(rule))));
        });
    }

    private static List<Row> flows() {
        return List.of(
                new Row("CreateChannelFlow", PROCESSOR_ORDER, clients -> createFlow(clients, 1, 1)),
                new Row("UpdateChannelFlow", PROCESSOR_ORDER, clients -> updateFlow(clients, 1, 1)));
    }

    /// @param orders the ExecutionOrder of each processor
    static void createFlow(SdkClients clients, int... orders) {
        clients.messaging()
                .createChannelFlow(
                        flow -> flow.appInstanceArn(clients.appInstance()).name("flow").processors(processors(orders)));
    }

    private static void updateFlow(SdkClients clients, int... orders) {
        String flow = FlowScenarios.createFlow(clients, FlowScenarios.token(), "flow");
        clients.messaging()
                .updateChannelFlow(update -> update.channelFlowArn(flow).name("flow").processors(processors(orders)));
    }

    private static List<Processor> processors(int... orders) {
        return Arrays.stream(orders).mapToObj(FlowScenarios::processor).toList();
    }

    private static List<Row> metadata() {
        String metadata = EMOJI.repeat(257);
        return List.of(
                metadata("CreateAppInstance",
                        clients -> clients.identity().createAppInstance(r -> r.name("app").metadata(metadata))),
                metadata("UpdateAppInstance", clients -> clients.identity()
                        .updateAppInstance(
                                r -> r.appInstanceArn(clients.appInstance()).name("app").metadata(metadata))),
                metadata("CreateAppInstanceUser", clients -> clients.identity()
                        .createAppInstanceUser(r -> r.appInstanceArn(clients.appInstance())
                                .appInstanceUserId("wordy")
                                .name("user")
                                .metadata(metadata))),
                metadata("UpdateAppInstanceUser", clients -> {
                    String ada = clients.user("ada");
                    clients.identity()
                            .updateAppInstanceUser(
                                    r -> r.appInstanceUserArn(ada).name("ada").metadata(metadata));
                }),
                metadata("CreateAppInstanceBot",
                        clients -> IdentityScenarios.createABotWithMetadata(clients, metadata)),
                metadata("UpdateAppInstanceBot", clients -> {
                    String bot = IdentityScenarios.createBot(clients, "token-of-a-wordy-bot", "bot");
                    clients.identity()
                            .updateAppInstanceBot(r -> r.appInstanceBotArn(bot).name("bot").metadata(metadata));
                }),
                metadata("CreateChannel", clients -> clients.messaging()
                        .createChannel(clients.newChannel(clients.user("ada")).metadata(metadata).build())),
                metadata("UpdateChannel", clients -> {
                    String ada = clients.user("ada");
                    String channel = clients.channel(ada);
                    clients.messaging()
                            .updateChannel(r -> r.channelArn(channel).chimeBearer(ada).metadata(metadata));
                }));
    }

    private static Row metadata(String operation, Consumer<SdkClients> call) {
        return new Row(operation, "Metadata: has at most 1024 bytes", call);
    }

    private static List<Row> others() {
        var stream = IdentityScenarios.STREAM;
        return List.of(
                streams("StreamingConfigurations: one for each DataType", stream, stream),
                streams("ResourceArn: must name a Kinesis stream whose name begins with chime-messaging-",
                        StreamingConfiguration.builder()
                                .dataType(MessagingDataType.CHANNEL)
                                .resourceArn("arn:aws:kinesis:us-east-1:123456789012:stream/other")
                                .build()),
                new Row("RegisterAppInstanceUserEndpoint",
                        "VoipDeviceToken: goes with APNS and APNS_SANDBOX only", clients -> {
                            String ada = clients.user("ada");
                            clients.identity()
                                    .registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(ada)
                                            .type("GCM")
                                            .resourceArn(IdentityScenarios.PINPOINT)
                                            .endpointAttributes(device -> device.deviceToken("token")
                                                    .voipDeviceToken("token")));
                        }));
    }

    private static Row streams(String refusal, StreamingConfiguration... streams) {
        return new Row("PutMessagingStreamingConfigurations", refusal, clients -> clients.messaging()
                .putMessagingStreamingConfigurations(
                        put -> put.appInstanceArn(clients.appInstance()).streamingConfigurations(streams)));
    }
}
