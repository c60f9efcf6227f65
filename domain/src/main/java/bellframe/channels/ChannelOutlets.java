package bellframe.channels;

import bellframe.outbox.Outlet;
import java.util.List;

/// Who outside is to hear of what happens to channels, their members, moderators and bans. What they hear is a [ChannelExport].
@FunctionalInterface
public interface ChannelOutlets {

    /// Those who are to hear of what happens to a channel.
    List<Outlet> of(MemberChannel channel);
}
