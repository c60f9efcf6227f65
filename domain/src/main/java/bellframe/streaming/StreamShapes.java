package bellframe.streaming;

import bellframe.api.TimestampFormat;
import bellframe.api.messaging.MessagingJson;
import bellframe.events.MessageSnapshot;
import bellframe.events.StreamRecord;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageShapes;

/// What happens to messages as consumers of streams read it.
final class StreamShapes {

    private StreamShapes() {
    }

    static byte[] record(MessageExport.Kind kind, MessageSnapshot message) {
        return StreamRecord.of(kind + "_CHANNEL_MESSAGE",
                json -> MessagingJson.write(json, TimestampFormat.ISO_8601, MessageShapes.message(message)));
    }
}
