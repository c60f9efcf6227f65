package bellframe.alerts;

import java.util.Map;

/// Something that went wrong between the server and a receiver outside.
///
/// @param detailType EventBridge's `detail-type`, for example `Chime ChannelFlow Processing Status`
/// @param detail names and values of `detail`, in the order in which they are written
public record Alert(String detailType, Map<String, String> detail) {
}
