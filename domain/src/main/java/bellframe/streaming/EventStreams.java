package bellframe.streaming;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import bellframe.channels.Channel;
import bellframe.identity.Actors;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageOutlets;
import bellframe.outbox.Delivery;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.LaneName;
import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.Outlet;
import bellframe.outbox.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// Streams what happens to the messages of an app instance that has a stream for it.
///
/// An event is an entry of the outbox in the batch that makes it happen; what a channel has for one stream is a lane, so that
/// the stream gets it in order, and a stream that takes nothing keeps no other waiting.
public final class EventStreams implements MessageOutlets, Delivery {

    /// Nothing is lost while a stream is down for a day; a channel's records go one after the other, those of many channels
    /// at once.
    private static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30),
            Integer.MAX_VALUE, Duration.ofHours(24), Duration.ofHours(24), 1_000_000, 512, 512);

    private final StreamingConfigurations configurations;
    private final StreamSinks sinks;
    private final Actors actors;
    private final Alerts alerts;

    public EventStreams(StreamingConfigurations configurations, StreamSinks sinks, Actors actors, Alerts alerts,
            Outbox outbox) {
        this.configurations = configurations;
        this.sinks = sinks;
        this.actors = actors;
        this.alerts = alerts;
        outbox.handle(OutboxKind.STREAM, POLICY, this);
    }

    @Override
    public List<Outlet> of(Channel channel, Event event) {
        StreamingConfiguration configuration = configurations.find(channel.arn().appInstance());
        String stream = configuration == null ? null : configuration.messages();
        return stream == null ? List.of() : List.of(new Outlet(
                new LaneName(OutboxKind.STREAM, channel.incarnation(), stream), stream));
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        var export = MessageExport.read(entry.subject());
        sinks.put(entry.receiver(), export.channel().toString(),
                StreamShapes.record(export.kind(), export.snapshot(actors.identity(export.sender()))));
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        var export = MessageExport.read(entry.subject());
        var detail = new LinkedHashMap<String, String>();
        detail.put("eventType", "StreamDeliveryFailure");
        detail.put("appInstanceArn", export.channel().appInstance().toString());
        detail.put("resourceArn", entry.receiver());
        detail.put("failureReason", reason);
        alerts.raise(new Alert("Chime Chat Streaming Status", detail));
    }
}
