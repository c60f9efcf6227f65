package bellframe.channels;

import bellframe.expiration.Expiration;
import bellframe.idempotency.Fingerprint;
import bellframe.identity.Actor;
import bellframe.names.AppInstanceArn;
import bellframe.rows.RowWriter;
import bellframe.tags.Tags;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What someone wants a channel to be.
///
/// @param channelId the caller's choice of the ARN's last part, or null for a random one
public record NewChannel(
        AppInstanceArn appInstance,
        @Nullable String channelId,
        String name,
        Channel.Mode mode,
        Channel.Privacy privacy,
        @Nullable String metadata,
        @Nullable Expiration expiration,
        List<Actor> members,
        List<Actor> moderators,
        Map<String, String> tags) {

    byte[] fingerprint() {
        var parameters = new RowWriter(1).optional(channelId, RowWriter::text)
                .text(name)
                .name(mode)
                .name(privacy)
                .optional(metadata, RowWriter::text)
                .list(members, NewChannel::writeArn)
                .list(moderators, NewChannel::writeArn)
                .optional(expiration, Expiration::write);
        Tags.write(parameters, tags);
        return Fingerprint.of(parameters);
    }

    private static void writeArn(RowWriter row, Actor user) {
        row.text(user.arn().toString());
    }
}
