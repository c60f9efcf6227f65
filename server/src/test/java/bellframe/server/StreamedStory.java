package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.lambda.LambdaServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ExpirationCriterion;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Everything that can happen in a channel, and what a consumer of its stream must read of it.
final class StreamedStory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    /// A record that must come.
    ///
    /// @param what something that it says, in some field
    private record Expected(String eventType, String field, String what) {
    }

    private final SdkClients clients;
    private final ChimeSdkMessagingClient messaging;
    private final String appInstance;
    private final LambdaServer lambda;
    private final String ada;
    private final String bob;
    private final String carl;
    private final List<Expected> expected = new ArrayList<>();
    private String channel = "";

    StreamedStory(SdkClients clients, String appInstance, LambdaServer lambda) {
        this.clients = clients;
        this.messaging = clients.messaging();
        this.appInstance = appInstance;
        this.lambda = lambda;
        ada = clients.userOf(appInstance, "ada");
        bob = clients.userOf(appInstance, "bob");
        carl = clients.userOf(appInstance, "carl");
        clients.identity()
                .createAppInstanceAdmin(admin -> admin.appInstanceArn(appInstance).appInstanceAdminArn(ada));
    }

    /// Lets it all happen.
    void tell() throws Exception {
        channelBegins();
        peopleComeAndGo();
        messagesAreSent();
        aFlowIsPassed();
        channelEnds();
    }

    /// How many records must come.
    int length() {
        return expected.size();
    }

    private void channelBegins() {
        channel = messaging.createChannel(create -> create.appInstanceArn(appInstance)
                .chimeBearer(ada)
                .name("at first")
                .memberArns(bob)).channelArn();
        expect("CREATE_CHANNEL", "Name", "at first");
        expect("CREATE_CHANNEL_MEMBERSHIP", "Member", ada);
        expect("CREATE_CHANNEL_MEMBERSHIP", "Member", bob);
        expect("CREATE_CHANNEL_MODERATOR", "Moderator", ada);
        messaging.updateChannel(update -> update.channelArn(channel).chimeBearer(ada).name("later"));
        expect("UPDATE_CHANNEL", "Name", "later");
    }

    private void peopleComeAndGo() {
        messaging.batchCreateChannelMembership(
                create -> create.channelArn(channel).chimeBearer(ada).memberArns(carl));
        expect("CREATE_CHANNEL_MEMBERSHIP", "Member", carl);
        messaging.createChannelModerator(
                create -> create.channelArn(channel).chimeBearer(ada).channelModeratorArn(carl));
        expect("CREATE_CHANNEL_MODERATOR", "Moderator", carl);
        messaging.deleteChannelModerator(
                delete -> delete.channelArn(channel).chimeBearer(ada).channelModeratorArn(carl));
        expect("DELETE_CHANNEL_MODERATOR", "Moderator", carl);
        messaging.createChannelBan(ban -> ban.channelArn(channel).chimeBearer(ada).memberArn(carl));
        expect("CREATE_CHANNEL_BAN", "Member", carl);
        expect("DELETE_CHANNEL_MEMBERSHIP", "Member", carl);
        messaging.deleteChannelBan(ban -> ban.channelArn(channel).chimeBearer(ada).memberArn(carl));
        expect("DELETE_CHANNEL_BAN", "Member", carl);
    }

    private void messagesAreSent() {
        String id = send(SdkClients.message(ada, channel, "one"));
        expect("CREATE_CHANNEL_MESSAGE", "Content", "one");
        messaging.updateChannelMessage(
                update -> update.channelArn(channel).chimeBearer(ada).messageId(id).content("two"));
        expect("UPDATE_CHANNEL_MESSAGE", "Content", "two");
        messaging.redactChannelMessage(redact -> redact.channelArn(channel).chimeBearer(ada).messageId(id));
        expect("REDACT_CHANNEL_MESSAGE", "Redacted", "true");
        messaging.deleteChannelMessage(delete -> delete.channelArn(channel).chimeBearer(ada).messageId(id));
        expect("DELETE_CHANNEL_MESSAGE", "MessageId", id);
        send(SdkClients.message(ada, channel, "whispered").target(Target.builder().memberArn(bob).build()));
        expect("CREATE_CHANNEL_MESSAGE", "Target", bob);
        send(SdkClients.message(ada, channel, "command")
                .type(ChannelMessageType.CONTROL)
                .persistence(ChannelMessagePersistenceType.NON_PERSISTENT));
        expect("CREATE_CHANNEL_MESSAGE", "Type", "CONTROL");
        send(SdkClients.message(bob, channel, "in passing")
                .persistence(ChannelMessagePersistenceType.NON_PERSISTENT));
        expect("CREATE_CHANNEL_MESSAGE", "Persistence", "NON_PERSISTENT");
    }

    private void aFlowIsPassed() throws Exception {
        String flow = messaging.createChannelFlow(create -> create.appInstanceArn(appInstance)
                .name("flow")
                .processors(Processor.builder()
                        .name("processor")
                        .executionOrder(1)
                        .fallbackAction(FallbackAction.ABORT)
                        .configuration(configuration -> configuration.lambda(function -> function
                                .resourceArn("arn:aws:lambda:us-east-1:000000000000:function:censor")
                                .invocationType(InvocationType.ASYNC)))
                        .build()))
                .channelFlowArn();
        messaging.associateChannelFlow(
                associate -> associate.channelArn(channel).channelFlowArn(flow).chimeBearer(ada));
        send(SdkClients.message(bob, channel, "denied"));
        answer(true, "");
        String id = send(SdkClients.message(bob, channel, "raw"));
        answer(false, "processed");
        expect("CREATE_CHANNEL_MESSAGE", "Content", "processed");
        messaging.updateChannelMessage(
                update -> update.channelArn(channel).chimeBearer(bob).messageId(id).content("raw again"));
        answer(false, "processed again");
        expect("UPDATE_CHANNEL_MESSAGE", "Content", "processed again");
        messaging.disassociateChannelFlow(
                disassociate -> disassociate.channelArn(channel).channelFlowArn(flow).chimeBearer(ada));
    }

    private void channelEnds() {
        messaging.putChannelExpirationSettings(put -> put.channelArn(channel)
                .chimeBearer(ada)
                .expirationSettings(settings -> settings.expirationDays(3)
                        .expirationCriterion(ExpirationCriterion.LAST_MESSAGE_TIMESTAMP)));
        expect("UPDATE_CHANNEL_EXPIRATION_SETTINGS", "ExpirationSettings", "3");
        messaging.deleteChannelMembership(
                delete -> delete.channelArn(channel).chimeBearer(bob).memberArn(bob));
        expect("DELETE_CHANNEL_MEMBERSHIP", "Member", bob);
        messaging.deleteChannel(delete -> delete.channelArn(channel).chimeBearer(ada));
        expect("DELETE_CHANNEL", "Name", "later");
    }

    private String send(SendChannelMessageRequest.Builder message) {
        return clients.messaging().sendChannelMessage(message.build()).messageId();
    }

    private void answer(boolean deny, String content) throws Exception {
        JsonNode event = JSON.readTree(lambda.awaitInvocation().event());
        messaging.channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                .channelArn(channel)
                .deleteResource(deny)
                .channelMessage(message -> {
                    message.messageId(event.at("/ChannelMessage/MessageId").textValue());
                    if (!deny) {
                        message.content(content);
                    }
                }));
    }

    private void expect(String eventType, String field, String what) {
        expected.add(new Expected(eventType, field, what));
    }

    /// Each record came once, in order, and says what happened.
    void check(List<StreamedRecord> records) {
        assertThat(records).extracting(StreamedRecord::eventType)
                .isEqualTo(expected.stream().map(Expected::eventType).toList());
        for (int i = 0; i < records.size(); i++) {
            StreamedRecord record = records.get(i);
            Expected wanted = expected.get(i);
            assertThat(record.channel()).isEqualTo(channel);
            assertThat(record.partitionKey()).isIn(channel, null);
            assertThat(record.json().fieldNames()).toIterable().containsExactly("EventType", "Payload");
            assertThat(record.payload().path(wanted.field()).toString()).as("%s", record.json())
                    .contains(wanted.what());
            assertThat(record.payload().fieldNames()).toIterable().as("%s", record.json()).containsAll(fields(wanted));
            if (wanted.eventType().endsWith("_MESSAGE")) {
                assertThat(record.text("CreatedTimestamp")).matches(TIME);
                assertThat(record.text("LastUpdatedTimestamp")).matches(TIME);
                assertThat(record.payload().at("/Status/Value").asText()).isEqualTo("SENT");
            }
        }
    }

    private static List<String> fields(Expected of) {
        return switch (of.eventType().replaceFirst("[A-Z]+_", "")) {
            case "CHANNEL_MESSAGE" -> List.of("ChannelArn", "MessageId", "Type", "CreatedTimestamp",
                    "LastUpdatedTimestamp", "Sender", "Redacted", "Persistence", "Status");
            case "CHANNEL", "CHANNEL_EXPIRATION_SETTINGS" -> List.of("ChannelArn", "Name", "Mode", "Privacy",
                    "CreatedBy", "CreatedTimestamp", "LastUpdatedTimestamp");
            case "CHANNEL_MEMBERSHIP" -> List.of("ChannelArn", "Member", "Type", "InvitedBy", "CreatedTimestamp");
            case "CHANNEL_MODERATOR" -> List.of("ChannelArn", "Moderator", "CreatedBy", "CreatedTimestamp");
            case "CHANNEL_BAN" -> List.of("ChannelArn", "Member", "CreatedBy", "CreatedTimestamp");
            default -> throw new AssertionError(of);
        };
    }
}
