package bellframe.push;

import bellframe.alerts.Alerts;
import bellframe.changes.EventOrder;
import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.MemberChannel;
import bellframe.channels.MemberRecords;
import bellframe.channels.MembershipPreferences;
import bellframe.channels.Memberships;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageOutlets;
import bellframe.messages.PushNotification;
import bellframe.names.EventPosition;
import bellframe.outbox.Delivery;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.LaneName;
import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.Outlet;
import bellframe.outbox.RetryPolicy;
import bellframe.storage.Storage;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pushes what messages say is to be shown to the devices of their channels' members.
///
/// That a message is to be pushed is an entry of the outbox in the batch that sends it. Handing that over only finds out whose
/// devices are to show it, and puts these into the outbox as groups, which [DeviceDelivery] pushes: an app's service that is
/// slow or away keeps no other waiting. A crash in between has devices get the same notification again, which they show once.
public final class PushNotifications implements MessageOutlets, Delivery {

    /// How long a notification is worth something.
    static final Duration LIFETIME = Duration.ofHours(24);
    /// Of one that announces a call: nobody waits longer for an answer.
    static final Duration CALL_LIFETIME = Duration.ofMinutes(1);

    /// All it takes is the store, so that what fails so often, for most of an hour, never will do.
    private static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), 100,
            LIFETIME, LIFETIME, 1_000_000, 64, 64);
    /// The receiver in this stage, as operators see it.
    private static final String MEMBERS = "members";
    private static final int GROUPED_MAX = 10_000;

    private final Channels channels;
    private final @Nullable PushServices services;
    private final InstantSource clock;
    private final Recipients recipients;
    private final DeviceQueue queue;
    private final PushReports reports;
    /// What has been grouped, for as long as its entry may come again because the store did not remove it.
    private final Cache<EventPosition, Boolean> grouped = Caffeine.newBuilder()
            .maximumSize(GROUPED_MAX)
            .executor(Runnable::run)
            .build();

    /// @param services null if no devices are reached: nothing is pushed then
    public PushNotifications(Channels channels, Memberships memberships,
            MemberRecords<MembershipPreferences> preferences, UserEndpoints endpoints, @Nullable PushServices services,
            Storage storage, EventOrder order, Outbox outbox, Alerts alerts, InstantSource clock,
            MeterRegistry meters) {
        this.channels = channels;
        this.services = services;
        this.clock = clock;
        this.recipients = new Recipients(memberships, preferences, endpoints);
        this.queue = new DeviceQueue(storage, order, outbox);
        this.reports = new PushReports(alerts, meters);
        outbox.handle(OutboxKind.PUSH, POLICY, this);
        outbox.handle(OutboxKind.DEVICES, DeviceDelivery.POLICY,
                new DeviceDelivery(channels, memberships, endpoints, services, queue, reports, clock));
    }

    @Override
    public List<Outlet> of(Channel channel, Event event) {
        return services != null && event.push() && event.kind() == MessageExport.Kind.CREATE
                ? List.of(new Outlet(new LaneName(OutboxKind.PUSH, channel.incarnation(), ""), MEMBERS))
                : List.of();
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        var message = MessageExport.read(entry.subject());
        DeviceGroup.Notification notification = notification(entry, message);
        if (notification == null || channels.find(new MemberChannel(message.channel(), entry.channel())) == null) {
            return;
        }
        if (services == null) {
            throw DeliveryFailed.transientFailure("there are no push services any more");
        }
        if (notification.isOver(clock.instant())) {
            reports.missed(PushReports.Outcome.EXPIRED, null, notification, DeviceDelivery.EXPIRED);
            return;
        }
        if (grouped.getIfPresent(entry.number()) == null) {
            group(entry, message, notification, services);
            grouped.put(entry.number(), true);
        }
    }

    private void group(OutboxEntry entry, MessageExport message, DeviceGroup.Notification notification,
            PushServices known) throws DeliveryFailed {
        var groups = new DeviceGrouping(notification, some -> queue.add(entry, some));
        recipients.forEach(entry.channel(), message, notification.voip(), endpoint -> {
            if (known.serves(endpoint.resourceArn(), endpoint.type())) {
                groups.add(endpoint);
            }
        });
        groups.end();
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        DeviceGroup.Notification notification = notification(entry, MessageExport.read(entry.subject()));
        if (notification != null) {
            boolean over = notification.isOver(clock.instant());
            reports.missed(over ? PushReports.Outcome.EXPIRED : PushReports.Outcome.FAILED, null, notification, reason);
        }
    }

    private static DeviceGroup.@Nullable Notification notification(OutboxEntry entry, MessageExport message) {
        PushNotification push = message.push();
        if (push == null) {
            return null;
        }
        Instant expires = entry.since().plus(switch (push.type()) {
            case DEFAULT -> LIFETIME;
            case VOIP -> CALL_LIFETIME;
        });
        return new DeviceGroup.Notification(message.messageId(), message.channel(), push.title(), push.body(),
                push.type() == PushNotification.Type.VOIP, expires);
    }
}
