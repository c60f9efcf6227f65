package bellframe.messages;

import bellframe.idempotency.Fingerprint;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.RowWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What someone wants to send.
///
/// @param target the one member, beside the sender, who may see the message; null for everybody
/// @param attributes the values of each message attribute, by name; empty if none
record NewMessage(
        Message.Type type,
        boolean persistent,
        String content,
        @Nullable String metadata,
        @Nullable String contentType,
        Map<String, List<String>> attributes,
        @Nullable UserArn target,
        @Nullable PushNotification push) {

    static final String TOO_LARGE = "Channel Messages size limit exceeded. Content max 4096, Metadata max 1024";

    /// Checks the sizes that the API model leaves to the service.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT]
    void check() {
        requireSizes(type, content, metadata);
        require(attributes, push);
    }

    static void require(Map<String, List<String>> attributes, @Nullable PushNotification push) {
        Limit.MESSAGE_ATTRIBUTES_BYTES.requireBytes(attributes,
                "MessageAttributes: names and values have at most 1024 bytes together");
        if (push != null && push.title() == null && push.body() == null) {
            throw new Refused(Refusal.INVALID_INPUT, "PushNotification: Title or Body is required");
        }
    }

    static void requireSizes(Message.Type type, @Nullable String content, @Nullable String metadata) {
        switch (type) {
            case STANDARD -> {
                Limit.MESSAGE_CONTENT_BYTES.requireBytes(content, TOO_LARGE);
                Limit.METADATA_BYTES.requireBytes(metadata, TOO_LARGE);
            }
            case CONTROL -> {
                Limit.CONTROL_CONTENT_BYTES.requireBytes(content, "Content: a CONTROL message has at most 30 bytes");
                if (metadata != null) {
                    throw new Refused(Refusal.INVALID_INPUT, "Metadata: a CONTROL message has none");
                }
            }
        }
    }

    /// The same for the same request, whatever the order of its attributes.
    byte[] fingerprint() {
        var row = new RowWriter(1).name(type)
                .flag(persistent)
                .text(content)
                .optional(metadata, RowWriter::text)
                .optional(contentType, RowWriter::text)
                .optional(target, (writer, arn) -> writer.text(arn.toString()))
                .optional(push, PushNotification::write);
        Message.writeAttributes(row, new TreeMap<>(attributes));
        return Fingerprint.of(row);
    }
}
