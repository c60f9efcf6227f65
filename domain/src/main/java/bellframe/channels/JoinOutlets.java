package bellframe.channels;

import bellframe.names.UserArn;
import bellframe.outbox.Outlet;
import java.util.List;

/// Who outside is to hear that a user was added to a channel, beside those who hear of all that happens to the channel. What
/// they hear is a [ChannelExport].
@FunctionalInterface
public interface JoinOutlets {

    /// Those who are to hear of one user; no two users have one in common. Asked for every user, so that it must cost next to
    /// nothing if there are none.
    List<Outlet> of(MemberChannel channel, UserArn member);
}
