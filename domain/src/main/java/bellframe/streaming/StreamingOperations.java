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
import java.util.regex.Pattern;

/// The operations on streaming configurations.
public final class StreamingOperations {

    /// AWS takes no stream of another name, so that the service's role can be bounded to such names.
    private static final Pattern STREAM = Pattern.compile("arn:[^:]+:kinesis:[^:]+:[^:]+:stream/chime-messaging-.+");

    private final AppInstances appInstances;
    private final StreamingConfigurations configurations;

    public StreamingOperations(AppInstances appInstances, StreamingConfigurations configurations) {
        this.appInstances = appInstances;
        this.configurations = configurations;
    }

    public PutMessagingStreamingConfigurationsResponse put(PutMessagingStreamingConfigurationsRequest request) {
        AppInstanceArn appInstance = appInstances.require(request.appInstanceArn()).arn();
        Map<MessagingDataType, String> streams = new EnumMap<>(MessagingDataType.class);
        for (var stream : request.streamingConfigurations()) {
            if (streams.put(stream.dataType(), stream.resourceArn()) != null) {
                throw new Refused(Refusal.INVALID_INPUT, "StreamingConfigurations: one for each DataType");
            }
            if (!STREAM.matcher(stream.resourceArn()).matches()) {
                throw new Refused(Refusal.INVALID_INPUT,
                        "ResourceArn: must name a Kinesis stream whose name begins with chime-messaging-");
            }
        }
        var configuration = new StreamingConfiguration(streams.get(MessagingDataType.CHANNEL),
                streams.get(MessagingDataType.CHANNEL_MESSAGE));
        configurations.put(appInstance, configuration);
        return new PutMessagingStreamingConfigurationsResponse(shapes(configuration));
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
