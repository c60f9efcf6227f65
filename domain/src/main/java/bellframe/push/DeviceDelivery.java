package bellframe.push;

import bellframe.channels.Channels;
import bellframe.channels.MemberChannel;
import bellframe.channels.Memberships;
import bellframe.names.EventPosition;
import bellframe.outbox.Delivery;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.RetryPolicy;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes a notification to the devices of a group.
///
/// Devices that took it are done with, and so are those that never will. If the others fail while their service works for some,
/// each goes on in a lane of its own; if it works for none, the group is tried again as it is.
final class DeviceDelivery implements Delivery {

    /// How many devices of one receiver are pushed to at once: for as many calls there is room to one host.
    private static final int DEVICES_AT_ONCE = 128;

    /// As long as notifications are worth something. Full groups have some 8 KiB, so that those that wait take 2 GiB of the disk
    /// at most, and those that are read at once, 64 of a lane, 128 MiB of memory. Others may be of one device.
    static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30),
            Integer.MAX_VALUE, PushNotifications.LIFETIME, PushNotifications.LIFETIME, 250_000, 256, DEVICES_AT_ONCE);

    static final String EXPIRED = "the notification was over before a push service took it";

    private static final Logger log = LoggerFactory.getLogger(DeviceDelivery.class);

    /// Who fails within this time of another device's success fails alone.
    private static final Duration LATELY = Duration.ofSeconds(10);
    /// How many devices are remembered as done with, until no attempt can come any more that would reach them again.
    private static final int DONE_MAX = 50_000;

    private static final String INVALID = "the push service does not know the device any more";
    private static final String INTERNAL = "the server failed";

    /// A device of an entry.
    private record Done(EventPosition entry, String endpointId) {
    }

    /// What is known of who reaches the devices of one app and type.
    private static final class Service {
        private final Semaphore room = new Semaphore(DEVICES_AT_ONCE);
        private volatile Instant worked = Instant.EPOCH;
    }

    private final Channels channels;
    private final Memberships memberships;
    private final UserEndpoints endpoints;
    private final @Nullable PushServices services;
    private final DeviceQueue queue;
    private final PushReports reports;
    private final InstantSource clock;
    private final Cache<Done, Boolean> done = Caffeine.newBuilder()
            .maximumSize(DONE_MAX)
            .executor(Runnable::run)
            .build();
    /// By receiver: as many as apps are configured, and types of devices.
    private final ConcurrentHashMap<String, Service> known = new ConcurrentHashMap<>();

    DeviceDelivery(Channels channels, Memberships memberships, UserEndpoints endpoints,
            @Nullable PushServices services, DeviceQueue queue, PushReports reports, InstantSource clock) {
        this.channels = channels;
        this.memberships = memberships;
        this.endpoints = endpoints;
        this.services = services;
        this.queue = queue;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        var group = DeviceGroup.read(entry.subject());
        DeviceGroup.Notification notification = group.notification();
        if (channels.find(new MemberChannel(notification.channel(), entry.channel())) == null) {
            return;
        }
        if (services == null) {
            throw DeliveryFailed.transientFailure("there are no push services any more");
        }
        if (notification.isOver(clock.instant())) {
            miss(entry, group, PushReports.Outcome.EXPIRED, EXPIRED);
            return;
        }
        PushServices reached = services;
        var attempt = new GroupAttempt(group.devices(), device -> reach(reached, entry, notification, device));
        attempt.run();
        List<UserEndpoints.Place> left = attempt.left();
        if (left.isEmpty()) {
            return;
        }
        if (DeviceQueue.isAlone(entry) || !(attempt.reachedSome() || workedLately(entry.receiver()))) {
            throw attempt.failure();
        }
        queue.addAlone(entry, notification, left);
        left.forEach(device -> done(entry, device));
    }

    private boolean workedLately(String receiver) {
        Service service = known.get(receiver);
        return service != null && clock.instant().isBefore(service.worked.plus(LATELY));
    }

    /// Whether the service took it. That it does not know a device may be found out without it.
    private boolean reach(PushServices reached, OutboxEntry entry, DeviceGroup.Notification notification,
            UserEndpoints.Place device) throws DeliveryFailed, InterruptedException {
        UserEndpoint endpoint = wanted(entry, device);
        String token = endpoint == null ? null : endpoint.token(notification.voip());
        if (endpoint == null || token == null) {
            return false;
        }
        try {
            PushServices.Outcome outcome = push(reached, endpoint, notification.to(endpoint, token));
            return switch (outcome) {
                case TAKEN -> {
                    done(entry, device);
                    reports.taken();
                    yield true;
                }
                case INVALID_DEVICE -> {
                    endpoints.invalidate(device, token);
                    miss(entry, device, notification, PushReports.Outcome.INVALID_DEVICE, INVALID);
                    yield false;
                }
            };
        } catch (DeliveryFailed failure) {
            if (!failure.permanent()) {
                throw failure;
            }
            miss(entry, device, notification, PushReports.Outcome.FAILED, failure.reason());
            return false;
        }
    }

    private PushServices.Outcome push(PushServices reached, UserEndpoint endpoint, DeviceNotification notification)
            throws DeliveryFailed, InterruptedException {
        Service service = known.computeIfAbsent(DeviceQueue.receiver(endpoint), _ -> new Service());
        service.room.acquire();
        try {
            PushServices.Outcome outcome = reached.push(notification);
            if (outcome == PushServices.Outcome.TAKEN) {
                service.worked = clock.instant();
            }
            return outcome;
        } catch (RuntimeException failure) {
            // Its message may quote the notification.
            log.warn("pushing to {} failed in the server: {}", endpoint.resourceArn(), failure.getClass().getName());
            throw DeliveryFailed.permanentFailure(INTERNAL);
        } finally {
            service.room.release();
        }
    }

    /// The endpoint, if it is to get what its group does; null if it has been reached, or is not wanted to be any more.
    private @Nullable UserEndpoint wanted(OutboxEntry entry, UserEndpoints.Place device) {
        UserEndpoint endpoint = endpoints.find(device);
        return endpoint != null && endpoint.takesNotifications()
                && memberships.find(entry.channel(), device.user()) != null
                && done.getIfPresent(new Done(entry.number(), device.id())) == null
                        ? endpoint
                        : null;
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        var group = DeviceGroup.read(entry.subject());
        boolean over = group.notification().isOver(clock.instant());
        miss(entry, group, over ? PushReports.Outcome.EXPIRED : PushReports.Outcome.FAILED, reason);
    }

    private void miss(OutboxEntry entry, DeviceGroup group, PushReports.Outcome outcome, String reason) {
        for (UserEndpoints.Place device : group.devices()) {
            if (wanted(entry, device) != null) {
                miss(entry, device, group.notification(), outcome, reason);
            }
        }
    }

    private void miss(OutboxEntry entry, UserEndpoints.Place device, DeviceGroup.Notification notification,
            PushReports.Outcome outcome, String reason) {
        done(entry, device);
        reports.missed(outcome, device, notification, reason);
    }

    private void done(OutboxEntry entry, UserEndpoints.Place device) {
        done.put(new Done(entry.number(), device.id()), true);
    }
}
