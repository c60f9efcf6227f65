package bellframe.channels;

import bellframe.names.Position;
import org.jspecify.annotations.Nullable;

/// Where a channel's message log ends.
///
/// @param last the highest position given to a stored message
/// @param lastForAll the position of the last message that every member may see; null if there is none
public record ChannelHead(Position last, @Nullable Position lastForAll) {
}
