package bellframe.streaming;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import bellframe.channels.Channel;
import bellframe.channels.ChannelExport;
import bellframe.channels.ChannelOutlets;
import bellframe.channels.MemberChannel;
import bellframe.identity.Actors;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageOutlets;
import bellframe.names.ChannelArn;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Streams what happens to channels and messages of an app instance that has streams for it.
///
/// An event is an entry of the outbox in the batch that makes it happen; what a channel has for one stream is a lane, so that
/// the stream gets it in order, and a stream that takes nothing keeps no other waiting.
public final class EventStreams implements MessageOutlets, ChannelOutlets, Delivery {

    /// Nothing is lost while a stream is down for a day; a channel's records go one after the other, those of many channels
    /// at once.
    private static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30),
            Integer.MAX_VALUE, Duration.ofHours(24), Duration.ofHours(24), 1_000_000, 512, 512);

    private final StreamingConfigurations configurations;
    private final @Nullable StreamSinks sinks;
    private final Actors actors;
    private final Alerts alerts;

    /// @param sinks null if there are none: nothing is streamed then
    public EventStreams(StreamingConfigurations configurations, @Nullable StreamSinks sinks, Actors actors,
            Alerts alerts, Outbox outbox) {
        this.configurations = configurations;
        this.sinks = sinks;
        this.actors = actors;
        this.alerts = alerts;
        outbox.handle(OutboxKind.STREAM, POLICY, this);
    }

    @Override
    public List<Outlet> of(Channel channel, Event event) {
        return outlets(channel.reference(), StreamingConfiguration::messages);
    }

    @Override
    public List<Outlet> of(MemberChannel channel) {
        return outlets(channel, StreamingConfiguration::channels);
    }

    private List<Outlet> outlets(MemberChannel channel, Function<StreamingConfiguration, @Nullable String> which) {
        StreamingConfiguration configuration = sinks == null
                ? null
                : configurations.find(channel.arn().appInstance());
        String stream = configuration == null ? null : which.apply(configuration);
        return stream == null
                ? List.of()
                : List.of(new Outlet(new LaneName(OutboxKind.STREAM, channel.incarnation(), stream), stream));
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        if (sinks == null) {
            throw DeliveryFailed.transientFailure("there are no streams any more");
        }
        if (ChannelExport.isIn(entry.subject())) {
            var export = ChannelExport.read(entry.subject());
            sinks.put(entry.receiver(), export.channel().toString(), export.record());
        } else {
            var export = MessageExport.read(entry.subject());
            sinks.put(entry.receiver(), export.channel().toString(),
                    StreamShapes.record(export.kind(), export.snapshot(actors.identity(export.sender()))));
        }
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        ChannelArn channel = ChannelExport.isIn(entry.subject())
                ? ChannelExport.read(entry.subject()).channel()
                : MessageExport.read(entry.subject()).channel();
        var detail = new LinkedHashMap<String, String>();
        detail.put("eventType", "StreamDeliveryFailure");
        detail.put("appInstanceArn", channel.appInstance().toString());
        detail.put("resourceArn", entry.receiver());
        detail.put("failureReason", reason);
        alerts.raise(new Alert("Chime Chat Streaming Status", detail));
    }
}
