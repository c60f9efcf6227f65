package bellframe.channels;

import bellframe.expiration.Expiration;
import bellframe.names.ChannelArn;
import bellframe.names.ChannelFlowArn;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A channel as it is stored.
///
/// @param incarnation names this channel and no other, ever, while its ARN may come back with a custom channel id; what
///        belongs to the channel is stored under the incarnation
/// @param flow what its messages are run through; null for nothing
/// @param expiration when the channel is to be deleted by itself; null for never
/// @param deleted whether the channel is gone for everybody, while its rows still keep its channel id taken
/// @param told the place, in the order of events, of the last change that its members were told of; null if there was none
public record Channel(
        ChannelArn arn,
        String incarnation,
        String name,
        Mode mode,
        Privacy privacy,
        @Nullable String metadata,
        @Nullable ChannelFlowArn flow,
        @Nullable Expiration expiration,
        UserArn createdBy,
        Instant created,
        Instant updated,
        boolean deleted,
        @Nullable EventPosition told) {

    /// Who may add members: every member, or moderators and admins only.
    public enum Mode {
        UNRESTRICTED,
        RESTRICTED
    }

    /// Who may find, read and join: every user of the app instance, or members, moderators and admins only.
    public enum Privacy {
        PUBLIC,
        PRIVATE
    }

    public boolean isPublic() {
        return privacy == Privacy.PUBLIC;
    }

    public MemberChannel reference() {
        return new MemberChannel(arn, incarnation);
    }

    Channel changed(String newName, Mode newMode, @Nullable String newMetadata, Instant when) {
        return new Channel(arn, incarnation, newName, newMode, privacy, newMetadata, flow, expiration, createdBy,
                created, when, deleted, told);
    }

    Channel flowing(@Nullable ChannelFlowArn newFlow, Instant when) {
        return new Channel(arn, incarnation, name, mode, privacy, metadata, newFlow, expiration, createdBy, created,
                when, deleted, told);
    }

    Channel expiring(@Nullable Expiration newExpiration, Instant when) {
        return new Channel(arn, incarnation, name, mode, privacy, metadata, flow, newExpiration, createdBy, created,
                when, deleted, told);
    }

    /// Gone, and nobody has been told yet.
    Channel gone(Instant when) {
        return new Channel(arn, incarnation, name, mode, privacy, metadata, flow, expiration, createdBy, created, when,
                true, null);
    }

    Channel toldAt(EventPosition position) {
        return new Channel(arn, incarnation, name, mode, privacy, metadata, flow, expiration, createdBy, created,
                updated, deleted, position);
    }
}
