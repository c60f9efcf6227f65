package bellframe.channels;

import bellframe.identity.AppInstanceUser;
import bellframe.idempotency.Fingerprint;
import bellframe.names.AppInstanceArn;
import bellframe.rows.RowWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        List<AppInstanceUser> members,
        List<AppInstanceUser> moderators,
        Map<String, String> tags) {

    byte[] fingerprint() {
        return Fingerprint.of(new RowWriter(1).optional(channelId, RowWriter::text)
                .text(name)
                .name(mode)
                .name(privacy)
                .optional(metadata, RowWriter::text)
                .list(members, NewChannel::writeArn)
                .list(moderators, NewChannel::writeArn)
                .list(new TreeMap<>(tags).entrySet(), (row, tag) -> row.text(tag.getKey()).text(tag.getValue())));
    }

    private static void writeArn(RowWriter row, AppInstanceUser user) {
        row.text(user.arn().toString());
    }
}
