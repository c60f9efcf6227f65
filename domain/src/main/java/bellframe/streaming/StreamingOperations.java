package bellframe.streaming;

import bellframe.api.messaging.DeleteMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsResponse;
import bellframe.api.messaging.MessagingDataType;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsResponse;
import bellframe.identity.AppInstances;
import bellframe.names.AppInstanceArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations on streaming configurations.
public final class StreamingOperations {

    private final AppInstances appInstances;
    private final StreamingConfigurations configurations;
    private final @Nullable StreamSinks sinks;

    /// @param sinks which are asked whether a stream is fit; null if there are none: any stream is kept then
    public StreamingOperations(AppInstances appInstances, StreamingConfigurations configurations,
            @Nullable StreamSinks sinks) {
        this.appInstances = appInstances;
        this.configurations = configurations;
        this.sinks = sinks;
    }

    public PutMessagingStreamingConfigurationsResponse put(PutMessagingStreamingConfigurationsRequest request) {
        AppInstanceArn appInstance = appInstances.require(request.appInstanceArn()).arn();
        Map<MessagingDataType, String> streams = new EnumMap<>(MessagingDataType.class);
        for (var stream : request.streamingConfigurations()) {
            if (streams.put(stream.dataType(), stream.resourceArn()) != null) {
                throw new Refused(Refusal.INVALID_INPUT, "StreamingConfigurations: one for each DataType");
            }
            if (!StreamArn.isIn(stream.resourceArn())) {
                throw new Refused(Refusal.INVALID_INPUT,
                        "ResourceArn: must name a Kinesis stream whose name begins with chime-messaging-");
            }
        }
        if (sinks != null) {
            Set.copyOf(streams.values()).forEach(stream -> requireFit(sinks, stream));
        }
        var configuration = new StreamingConfiguration(streams.get(MessagingDataType.CHANNEL),
                streams.get(MessagingDataType.CHANNEL_MESSAGE));
        configurations.put(appInstance, configuration);
        return new PutMessagingStreamingConfigurationsResponse(shapes(configuration));
    }

    private static void requireFit(StreamSinks sinks, String stream) {
        switch (sinks.fitness(stream)) {
            case StreamSinks.Fitness.Fit _ -> {
                // Nothing is wrong with it.
            }
            case StreamSinks.Fitness.Absent _ -> throw refused(Refusal.NOT_FOUND, stream, "the stream does not exist");
            case StreamSinks.Fitness.Unfit(String problem) -> throw refused(Refusal.CONFLICT, stream, problem);
            case StreamSinks.Fitness.Forbidden _ ->
                throw refused(Refusal.NOT_ALLOWED, stream, "this server may not use the stream");
            case StreamSinks.Fitness.Unknown(String problem) -> throw refused(Refusal.UNAVAILABLE, stream, problem);
        }
    }

    private static Refused refused(Refusal refusal, String stream, String problem) {
        return new Refused(refusal, stream + ": " + problem);
    }

    public GetMessagingStreamingConfigurationsResponse get(GetMessagingStreamingConfigurationsRequest request) {
        StreamingConfiguration found = configurations.find(appInstances.require(request.appInstanceArn()).arn());
        if (found == null) {
            throw new Refused(Refusal.NOT_FOUND, "The app instance has no streaming configurations.");
        }
        return new GetMessagingStreamingConfigurationsResponse(shapes(found));
    }

    /// Removes all configurations; none are as good as removed.
    public void delete(DeleteMessagingStreamingConfigurationsRequest request) {
        configurations.remove(AppInstanceArn.parse(request.appInstanceArn())
                .filter(arn -> appInstances.find(arn) != null)
                .orElseThrow(() -> new Refused(Refusal.NOT_ALLOWED, "The app instance does not exist.")));
    }

    private static List<bellframe.api.messaging.StreamingConfiguration> shapes(StreamingConfiguration configuration) {
        var shapes = new ArrayList<bellframe.api.messaging.StreamingConfiguration>();
        String channels = configuration.channels();
        if (channels != null) {
            shapes.add(new bellframe.api.messaging.StreamingConfiguration(MessagingDataType.CHANNEL, channels));
        }
        String messages = configuration.messages();
        if (messages != null) {
            shapes.add(new bellframe.api.messaging.StreamingConfiguration(MessagingDataType.CHANNEL_MESSAGE, messages));
        }
        return shapes;
    }
}
