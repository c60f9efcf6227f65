package bellframe.names;

import java.util.Optional;

/// `…:app-instance/<id>/channel/<channel id>`.
public record ChannelArn(AppInstanceArn appInstance, String channelId) {

    /// Empty if the text is not exactly a channel's ARN.
    public static Optional<ChannelArn> parse(String text) {
        return AppInstanceArn.ResourcePath.parse(text)
                .filter(path -> path.kind().equals("channel"))
                .map(path -> new ChannelArn(path.appInstance(), path.id()));
    }

    @Override
    public String toString() {
        return appInstance + "/channel/" + channelId;
    }
}
