package bellframe.sessions;

import bellframe.events.ChannelSnapshot;
import bellframe.events.MessageSnapshot;
import bellframe.names.Identity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one user is told of a channel before anything happens in it.
///
/// @param messages the newest that the user may see, newest first
/// @param hasMore whether there may be older ones
/// @param members some of those who are not hidden
/// @param readMarker until when the user has read; null if it never said
record ChannelDetails(
        ChannelSnapshot channel,
        List<MessageSnapshot> messages,
        boolean hasMore,
        List<Identity> members,
        @Nullable Instant readMarker) {
}
