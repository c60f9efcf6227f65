package bellframe.outbound.push;

import static bellframe.outbound.push.TestNotifications.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import bellframe.push.UserEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PushServicesByArnTest {

    private final Recording apple = new Recording(Outcome.INVALID_DEVICE);
    private final Recording others = new Recording(Outcome.TAKEN);

    @ParameterizedTest
    @EnumSource
    void aDeviceIsReachedByTheServiceForItsType(UserEndpoint.Type type) throws Exception {
        var services = new PushServicesByArn(Map.of(APP, new PushApp(apple, others)));
        Recording expected = type == UserEndpoint.Type.GCM ? others : apple;

        assertThat(services.serves(APP, type)).isTrue();
        DeviceNotification notification = TestNotifications.alert(type, "token");
        assertThat(services.push(notification)).isEqualTo(expected.outcome);
        assertThat(expected.pushed).containsExactly(notification);
        assertThat(apple.pushed.size() + others.pushed.size()).isOne();
    }

    @Test
    void whatIsNotConfiguredIsNotServed() {
        var services = new PushServicesByArn(
                Map.of(APP, new PushApp(null, others), APP + "2", new PushApp(apple, null)));

        assertThat(services.serves(APP, UserEndpoint.Type.APNS)).isFalse();
        assertThat(services.serves(APP, UserEndpoint.Type.APNS_SANDBOX)).isFalse();
        assertThat(services.serves(APP, UserEndpoint.Type.GCM)).isTrue();
        assertThat(services.serves(APP + "2", UserEndpoint.Type.GCM)).isFalse();
        assertThat(services.serves(APP + "2", UserEndpoint.Type.APNS)).isTrue();
        assertThat(services.serves(APP + "3", UserEndpoint.Type.GCM)).isFalse();
        DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                () -> services.push(TestNotifications.alert(UserEndpoint.Type.APNS, "token")));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("no push service is configured for " + APP);
    }

    @Test
    void allAreClosedTogether() {
        new PushServicesByArn(Map.of(APP, new PushApp(null, others), APP + "2", new PushApp(apple, null))).close();
        assertThat(apple.closed).isTrue();
        assertThat(others.closed).isTrue();
    }

    private static final class Recording implements PushService {

        private final Outcome outcome;
        private final List<DeviceNotification> pushed = new ArrayList<>();
        private boolean closed;

        Recording(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public Outcome push(DeviceNotification notification) {
            pushed.add(notification);
            return outcome;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
