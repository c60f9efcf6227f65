package bellframe.channels;

import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells when channels were last written to.
public interface LastMessages {

    /// When the last stored message that every member may see was created, or null if there is none. The message may have
    /// been deleted since.
    @Nullable
    Instant forAll(Channel channel);

    /// The same, also if that message has been kept long enough and is not shown any more.
    @Nullable
    Instant everForAll(Channel channel);

    /// When the last stored message that the viewer may see was created, or null if there is none.
    @Nullable
    Instant forViewer(Channel channel, UserArn viewer);
}
