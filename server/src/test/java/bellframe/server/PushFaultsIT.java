package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.PushNotificationType;

/// Whatever push services do, and whenever the server is killed, each device shows every message that was acknowledged, and
/// those whose service works wait for no other.
@Timeout(120)
class PushFaultsIT {

    private static final Pattern DELIVERIES = Pattern
            .compile("bellframe_outbox_deliveries_total\\{kind=\"DEVICES\",outcome=\"(\\w+)\"} (\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<PushedPhone> phones = PushedPhone.all();
    private final PushAppsFolder apps = apps(phones);

    @RegisterExtension
    final RunningServer server = new RunningServer().with("BELLFRAME_PUSH_APPS_FILE", apps.write())
            .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true");

    private final List<SdkClients> opened = new ArrayList<>();
    private SdkClients clients;
    private String ada;
    private String channel;

    private static PushAppsFolder apps(List<PushedPhone> phones) {
        var folder = new PushAppsFolder();
        phones.forEach(phone -> phone.addTo(folder));
        return folder;
    }

    @BeforeEach
    void register() {
        clients = opened(SdkClients.of(server));
        ada = clients.user("ada");
        channel = clients.channel(ada);
        for (PushedPhone phone : phones) {
            String owner = registered(phone);
            clients.messaging()
                    .createChannelMembership(create -> create.channelArn(channel)
                            .memberArn(owner)
                            .type(ChannelMembershipType.DEFAULT)
                            .chimeBearer(ada));
        }
    }

    private String registered(PushedPhone phone) {
        String owner = clients.user("owner");
        clients.identity()
                .registerAppInstanceUserEndpoint(register -> register.appInstanceUserArn(owner)
                        .type(phone.type())
                        .resourceArn(PushAppsFolder.app(phone.name()))
                        .endpointAttributes(attributes -> attributes.deviceToken(phone.token())));
        return owner;
    }

    @AfterEach
    void close() throws Exception {
        opened.forEach(SdkClients::close);
        for (PushedPhone phone : phones) {
            phone.close();
        }
        apps.close();
    }

    @Test
    void everyDeviceShowsEveryMessageInTheEnd() throws Exception {
        var sent = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            String id = send(clients);
            sent.add(id);
            for (PushedPhone phone : phones) {
                if (phone.fault() == PushedPhone.Fault.NONE) {
                    assertThat(phone.awaitShown(List.of(id))).as(phone.name()).isEqualTo(sent);
                }
            }
        }
        awaitFailed(phones.size());
        phones.forEach(PushedPhone::works);
        for (PushedPhone phone : phones) {
            assertThat(phone.awaitShown(sent)).as(phone.name()).isEqualTo(sent);
        }
        assertThat(server.log()).doesNotContain("Delivery Failure");
        sendWhileItIsKilled();
    }

    private void sendWhileItIsKilled() throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var some = new CountDownLatch(20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> sending = threads.submit(() -> sendUntilItEnds(acknowledged, some));
            assertThat(some.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            server.kill9();
            sending.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        server.start();
        String last = send(opened(clients.at(server.port())));
        for (PushedPhone phone : phones) {
            assertThat(phone.awaitShown(List.of(last))).as(phone.name()).containsAll(acknowledged).endsWith(last);
        }
    }

    private void sendUntilItEnds(ConcurrentLinkedQueue<String> acknowledged, CountDownLatch some) {
        try {
            while (true) {
                acknowledged.add(send(clients));
                some.countDown();
            }
        } catch (SdkException _) {
            // It was killed.
        }
    }

    private String send(SdkClients sender) {
        return sender.messaging()
                .sendChannelMessage(SdkClients.message(ada, channel, "hello")
                        .pushNotification(
                                push -> push.type(PushNotificationType.DEFAULT).title("title").body("body"))
                        .build())
                .messageId();
    }

    private void awaitFailed(int count) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (failed() < count) {
            assertThat(System.nanoTime()).as("services that should fail have not").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private int failed() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.adminPort() + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            return DELIVERIES.matcher(metrics)
                    .results()
                    .filter(line -> line.group(1).equals("failed"))
                    .mapToInt(line -> Integer.parseInt(line.group(2)))
                    .sum();
        }
    }

    private SdkClients opened(SdkClients some) {
        opened.add(some);
        return some;
    }
}
