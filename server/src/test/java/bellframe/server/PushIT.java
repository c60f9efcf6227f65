package bellframe.server;

import static bellframe.server.PushAppsFolder.app;
import static org.assertj.core.api.Assertions.assertThat;

import bellframe.names.AppInstanceArn;
import bellframe.outbound.apns.ApnsServer;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.fcm.FcmServer;
import bellframe.outbound.lambda.LambdaServer;
import bellframe.outbound.webhook.WebhookCheck;
import bellframe.outbound.webpush.TestBrowser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.chimesdkidentity.model.AllowMessages;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceUserEndpointType;
import software.amazon.awssdk.services.chimesdkidentity.model.EndpointState;
import software.amazon.awssdk.services.chimesdkidentity.model.EndpointStatus;
import software.amazon.awssdk.services.chimesdkidentity.model.EndpointStatusReason;
import software.amazon.awssdk.services.chimesdkmessaging.model.AllowNotifications;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;
import software.amazon.awssdk.services.chimesdkmessaging.model.PushNotificationConfiguration;
import software.amazon.awssdk.services.chimesdkmessaging.model.PushNotificationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;

/// From an SDK's call to what a phone or a browser gets.
@Timeout(120)
class PushIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String PHONES = "phones";
    private static final String BROWSERS = "browsers";
    private static final String TITLE = "Titel-of-Zoë";
    private static final String BODY = "Körper-of-the-text";

    private static final TestCertificates certificates = new TestCertificates();
    private static final ApnsServer apns = new ApnsServer(certificates);
    private static final FcmServer fcm = new FcmServer();
    private static final TestReceiver pushService = new TestReceiver();
    private static final TestReceiver alerts = new TestReceiver();
    private static final LambdaServer lambda = new LambdaServer();
    private static final PushAppsFolder apps = new PushAppsFolder().apns(PHONES, apns, certificates)
            .fcm(PHONES, fcm)
            .webPush(BROWSERS);

    @RegisterExtension
    static final RunningServer server = new RunningServer().with("BELLFRAME_PUSH_APPS_FILE", apps.write())
            .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
            .with("BELLFRAME_ALERT_WEBHOOK", alerts.url("/alerts").toString())
            .with("BELLFRAME_WEBHOOK_SECRET", SECRET)
            .with("BELLFRAME_LAMBDA_ENDPOINT", lambda.url().toString())
            .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
            .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);

    private static SdkClients clients;
    private String ada;
    private String bob;
    private String channel;

    @BeforeAll
    static void connect() {
        clients = SdkClients.of(server);
        pushService.reply(TestReceiver.Reply.of(201));
    }

    @BeforeEach
    void createChannel() {
        ada = clients.user("ada");
        bob = clients.user("bob");
        channel = clients.channel(ada, bob);
    }

    @AfterEach
    void nothingElseWasPushed() {
        assertThat(apns.waiting() + fcm.waiting() + pushService.waiting() + alerts.waiting()).isZero();
    }

    @AfterAll
    static void close() throws IOException {
        try {
            assertThat(server.log()).doesNotContain(TITLE, BODY, ApnsServer.TOKEN, ApnsServer.GONE_TOKEN, "fcm-token");
        } finally {
            clients.close();
            apns.close();
            fcm.close();
            pushService.close();
            alerts.close();
            lambda.close();
            apps.close();
        }
    }

    @Test
    void aMessageReachesPhonesAndBrowsersOfAllMembers() throws Exception {
        var browser = new TestBrowser();
        register(bob, AppInstanceUserEndpointType.APNS, PHONES, ApnsServer.TOKEN, null);
        register(bob, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token", null);
        register(ada, AppInstanceUserEndpointType.GCM, BROWSERS,
                browser.subscription(pushService.url("/push/secret").toString()), null);

        Instant before = Instant.now();
        String id = send(PushNotificationType.DEFAULT);

        ApnsServer.Received phone = apns.await();
        assertThat(phone.header(":path")).isEqualTo("/3/device/" + ApnsServer.TOKEN);
        assertThat(phone.header("apns-push-type")).isEqualTo("alert");
        assertThat(phone.header("apns-topic")).isEqualTo(ApnsServer.TOPIC);
        assertThat(phone.header("apns-collapse-id")).isEqualTo(id);
        assertThat(Long.parseLong(phone.header("apns-expiration"))).isBetween(
                before.plusSeconds(24 * 3_600 - 1).getEpochSecond(),
                before.plusSeconds(24 * 3_600 + 60).getEpochSecond());
        assertThat(json(phone.payload())).isEqualTo(json("""
                {"aps": {"alert": {"title": "%s", "body": "%s"}, "sound": "default"},
                 "data": {"pinpoint": {"deeplink": null},
                  "jsonBody": {"chime.message_id": "%s", "chime.channel_arn": "%s"}}}""".formatted(TITLE, BODY, id,
                channel)));

        JsonNode android = fcm.await();
        assertThat(android.at("/message/token").textValue()).isEqualTo("fcm-token");
        assertThat(android.at("/message/android/priority").textValue()).isEqualTo("HIGH");
        assertThat(android.at("/message/android").has("collapse_key")).isFalse();
        assertThat(android.at("/message").has("notification")).isFalse();
        JsonNode data = android.at("/message/data");
        assertThat(json(data.path("pinpoint.jsonBody").textValue()))
                .isEqualTo(json("{\"chime.message_id\": \"%s\", \"chime.channel_arn\": \"%s\"}".formatted(id,
                        channel)));
        assertThat(data.path("pinpoint.notification.title").textValue()).isEqualTo(TITLE);
        assertThat(data.path("pinpoint.notification.body").textValue()).isEqualTo(BODY);
        assertThat(data.path("pinpoint.openApp").textValue()).isEqualTo("true");
        assertThat(data.path("pinpoint.campaign.campaign_id").textValue()).isEqualTo("_DIRECT");
        assertThat(data.path("pinpoint.notification.silentPush").textValue()).isEqualTo("0");

        TestReceiver.Received shown = pushService.await();
        assertThat(shown.rawPath()).isEqualTo("/push/secret");
        assertThat(json(new String(browser.decrypt(shown.body()), StandardCharsets.UTF_8))).isEqualTo(json("""
                {"title": "%s", "body": "%s", "data": {"chime.message_id": "%s", "chime.channel_arn": "%s"}}"""
                .formatted(TITLE, BODY, id, channel)));
    }

    @Test
    void aCallRingsWherePhonesTakeCalls() throws Exception {
        register(bob, AppInstanceUserEndpointType.APNS, PHONES, ApnsServer.OTHER_TOKEN, ApnsServer.TOKEN);
        register(ada, AppInstanceUserEndpointType.APNS, PHONES, ApnsServer.OTHER_TOKEN, null);
        register(ada, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token", null);
        String id = send(PushNotificationType.VOIP);
        ApnsServer.Received phone = apns.await();
        assertThat(phone.header(":path")).isEqualTo("/3/device/" + ApnsServer.TOKEN);
        assertThat(phone.header("apns-push-type")).isEqualTo("voip");
        assertThat(phone.header("apns-topic")).isEqualTo(ApnsServer.TOPIC + ".voip");
        assertThat(json(phone.payload()).at("/data/jsonBody/chime.message_id").textValue()).isEqualTo(id);
        assertThat(fcm.await().at("/message/data/pinpoint.jsonBody").textValue()).contains(id);
    }

    @Test
    void whoDoesNotWantAMessageIsNotDisturbed() throws Exception {
        register(bob, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token of bob", null);
        String muted = register(ada, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token of ada", null);
        clients.identity()
                .updateAppInstanceUserEndpoint(update -> update.appInstanceUserArn(ada)
                        .endpointId(muted)
                        .allowMessages(AllowMessages.NONE));
        send(PushNotificationType.DEFAULT);
        assertThat(fcm.await().at("/message/token").textValue()).isEqualTo("fcm-token of bob");
        prefer(bob, AllowNotifications.FILTERED, "{\"mention\": [\"@bob\"]}");
        send(PushNotificationType.DEFAULT);
        String mentioned = send(message -> message.messageAttributes(
                Map.of("mention", MessageAttributeValue.builder().stringValues("@bob").build())));
        assertThat(fcm.await().at("/message/data/pinpoint.jsonBody").textValue()).contains(mentioned);
        prefer(bob, AllowNotifications.NONE, null);
        send(PushNotificationType.DEFAULT);
        prefer(bob, AllowNotifications.ALL, null);
        // What comes next is of this one, so that nothing is of the one before.
        String wanted = send(PushNotificationType.DEFAULT);
        assertThat(fcm.await().at("/message/data/pinpoint.jsonBody").textValue()).contains(wanted);
    }

    @Test
    void aProcessorSaysWhatIsShown() throws Exception {
        register(bob, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token", null);
        String account = AppInstanceArn.parse(clients.appInstance()).orElseThrow().account().id();
        var processor = Processor.builder()
                .name("processor")
                .executionOrder(1)
                .fallbackAction(FallbackAction.ABORT)
                .configuration(configuration -> configuration.lambda(function -> function
                        .resourceArn("arn:aws:lambda:us-east-1:" + account + ":function:moderate")
                        .invocationType(InvocationType.ASYNC)))
                .build();
        String flow = clients.messaging()
                .createChannelFlow(create -> create.appInstanceArn(clients.appInstance())
                        .name("flow")
                        .processors(processor))
                .channelFlowArn();
        clients.messaging()
                .associateChannelFlow(associate -> associate.channelArn(channel)
                        .channelFlowArn(flow)
                        .chimeBearer(clients.admin("admin")));
        String id = clients.send(ada, channel, "hello");
        JsonNode event = json(lambda.awaitInvocation().event());
        assertThat(fcm.waiting()).isZero();
        clients.messaging()
                .channelFlowCallback(callback -> callback.callbackId(event.path("CallbackId").textValue())
                        .channelArn(channel)
                        .channelMessage(message -> message.messageId(id)
                                .content("hello")
                                .pushNotification(push -> push.type(PushNotificationType.DEFAULT).title(TITLE))));
        JsonNode data = fcm.await().at("/message/data");
        assertThat(data.path("pinpoint.notification.title").textValue()).isEqualTo(TITLE);
        assertThat(data.has("pinpoint.notification.body")).isFalse();
        assertThat(data.path("pinpoint.jsonBody").textValue()).contains(id);
    }

    @Test
    void aPhoneThatItsServiceDoesNotKnowBecomesInactive() throws Exception {
        String gone = register(bob, AppInstanceUserEndpointType.APNS, PHONES, ApnsServer.GONE_TOKEN, null);
        assertThat(state(bob, gone).status()).isEqualTo(EndpointStatus.ACTIVE);
        String id = send(PushNotificationType.DEFAULT);
        TestReceiver.Received alert = alerts.await();
        assertThat(WebhookCheck.isSigned(alert, SECRET)).isTrue();
        assertThat(json(alert.text()).path("detail-type").textValue())
                .isEqualTo("Chime Messaging AppInstanceUserEndpoint Delivery Failure");
        assertThat(json(alert.text()).path("detail")).isEqualTo(JSON.createObjectNode()
                .put("appInstanceUserArn", bob)
                .put("endpointId", gone)
                .put("channelArn", channel)
                .put("messageId", id)
                .put("failureReason", "the push service does not know the device any more"));
        assertThat(state(bob, gone).status()).isEqualTo(EndpointStatus.INACTIVE);
        assertThat(state(bob, gone).statusReason()).isEqualTo(EndpointStatusReason.INVALID_DEVICE_TOKEN);
    }

    @Test
    void anAppThatIsNotConfiguredMakesItsDevicesInactive() throws Exception {
        String elsewhere = register(bob, AppInstanceUserEndpointType.APNS, BROWSERS, ApnsServer.TOKEN, null);
        String there = register(bob, AppInstanceUserEndpointType.GCM, PHONES, "fcm-token", null);
        assertThat(state(bob, there).status()).isEqualTo(EndpointStatus.ACTIVE);
        assertThat(state(bob, elsewhere).status()).isEqualTo(EndpointStatus.INACTIVE);
        assertThat(state(bob, elsewhere).statusReason()).isEqualTo(EndpointStatusReason.INVALID_PINPOINT_ARN);
        assertThat(clients.identity()
                .listAppInstanceUserEndpoints(list -> list.appInstanceUserArn(bob))
                .appInstanceUserEndpoints()).filteredOn(one -> one.endpointId().equals(elsewhere))
                .extracting(one -> one.endpointState().statusReason())
                .containsExactly(EndpointStatusReason.INVALID_PINPOINT_ARN);
        send(PushNotificationType.DEFAULT);
        assertThat(fcm.await().at("/message/token").textValue()).isEqualTo("fcm-token");
    }

    private String register(String user, AppInstanceUserEndpointType type, String app, String token,
            @Nullable String voipToken) {
        return clients.identity()
                .registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(user)
                        .type(type)
                        .resourceArn(app(app))
                        .endpointAttributes(attributes -> attributes.deviceToken(token).voipDeviceToken(voipToken)))
                .endpointId();
    }

    private static EndpointState state(String user, String endpoint) {
        return clients.identity()
                .describeAppInstanceUserEndpoint(
                        describe -> describe.appInstanceUserArn(user).endpointId(endpoint))
                .appInstanceUserEndpoint()
                .endpointState();
    }

    private void prefer(String member, AllowNotifications allow, @Nullable String rule) {
        clients.messaging()
                .putChannelMembershipPreferences(put -> put.channelArn(channel)
                        .memberArn(member)
                        .chimeBearer(member)
                        .preferences(preferences -> preferences.pushNotifications(
                                notifications -> notifications.allowNotifications(allow).filterRule(rule))));
    }

    private String send(PushNotificationType type) {
        return send(message -> message.pushNotification(push(type)));
    }

    private String send(Consumer<SendChannelMessageRequest.Builder> more) {
        SendChannelMessageRequest.Builder message = SdkClients.message(ada, channel, "hello")
                .pushNotification(push(PushNotificationType.DEFAULT));
        more.accept(message);
        return clients.messaging().sendChannelMessage(message.build()).messageId();
    }

    private static PushNotificationConfiguration push(PushNotificationType type) {
        return PushNotificationConfiguration.builder().type(type).title(TITLE).body(BODY).build();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }
}
