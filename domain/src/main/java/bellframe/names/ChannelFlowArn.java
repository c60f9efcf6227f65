package bellframe.names;

import java.util.Optional;

/// `…:app-instance/<id>/channel-flow/<channel flow id>`.
public record ChannelFlowArn(AppInstanceArn appInstance, String channelFlowId) {

    /// Empty if the text is not exactly a channel flow's ARN.
    public static Optional<ChannelFlowArn> parse(String text) {
        return AppInstanceArn.ResourcePath.parse(text)
                .filter(path -> path.kind().equals("channel-flow"))
                .map(path -> new ChannelFlowArn(path.appInstance(), path.id()));
    }

    @Override
    public String toString() {
        return appInstance + "/channel-flow/" + channelFlowId;
    }
}
