package bellframe.push;

import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some devices of one app that are to show the same notification: the subject of an entry of the outbox.
///
/// @param devices at most [#DEVICES_MAX], of users of the channel's app instance
record DeviceGroup(Notification notification, List<UserEndpoints.Place> devices) {

    /// Few enough that a row stays small, and no attempt takes long.
    static final int DEVICES_MAX = 100;

    private static final int VERSION = 1;

    /// What is to be shown.
    ///
    /// @param voip whether it announces a call
    /// @param expires when it has become pointless
    record Notification(
            String messageId,
            ChannelArn channel,
            @Nullable String title,
            @Nullable String body,
            boolean voip,
            Instant expires) {

        boolean isOver(Instant now) {
            return !now.isBefore(expires);
        }

        DeviceNotification to(UserEndpoint endpoint, String token) {
            return new DeviceNotification(endpoint.type(), endpoint.resourceArn(), token, voip, title, body, messageId,
                    channel.toString(), expires);
        }

        /// Leaves out the content.
        @Override
        public String toString() {
            return "Notification[of " + messageId + "]";
        }
    }

    DeviceGroup {
        devices = List.copyOf(devices);
    }

    byte[] toRow() {
        return new RowWriter(VERSION).text(notification.messageId)
                .text(notification.channel.toString())
                .optional(notification.title, RowWriter::text)
                .optional(notification.body, RowWriter::text)
                .flag(notification.voip)
                .time(notification.expires)
                .list(devices, (row, device) -> row.text(device.user().id()).text(device.id()))
                .toBytes();
    }

    static DeviceGroup read(byte[] row) {
        var reader = new RowReader(row, VERSION);
        var notification = new Notification(reader.text(), ChannelArn.parse(reader.text()).orElseThrow(),
                reader.optional(RowReader::text), reader.optional(RowReader::text), reader.flag(), reader.time());
        AppInstanceArn appInstance = notification.channel.appInstance();
        return new DeviceGroup(notification, reader.list(
                device -> new UserEndpoints.Place(UserArn.user(appInstance, device.text()), device.text())));
    }
}
