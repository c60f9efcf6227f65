package bellframe.messages;

import bellframe.channels.Channel;
import bellframe.names.UserArn;
import bellframe.outbox.Outlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who outside is to hear of what happens to messages, beside the processors of flows. What they hear is a [MessageExport].
@FunctionalInterface
public interface MessageOutlets {

    /// What is about to happen to a message.
    ///
    /// @param standard whether it is no CONTROL message
    /// @param target the one member, beside the sender, who may see it; null for everybody
    /// @param attributes the values of each message attribute, by name
    /// @param push whether devices are to show something for it
    record Event(
            MessageExport.Kind kind,
            boolean standard,
            UserArn sender,
            @Nullable UserArn target,
            Map<String, List<String>> attributes,
            boolean push) {

        static Event creation(NewMessage draft, UserArn sender) {
            return new Event(MessageExport.Kind.CREATE, draft.type() == Message.Type.STANDARD, sender, draft.target(),
                    draft.attributes(), draft.push() != null);
        }

        static Event of(MessageExport.Kind kind, Message message) {
            return new Event(kind, message.type() == Message.Type.STANDARD, message.sender(), message.target(),
                    message.attributes(), message.push() != null);
        }
    }

    /// Those of several.
    static MessageOutlets all(List<MessageOutlets> several) {
        return (channel, event) -> {
            List<Outlet> all = List.of();
            for (MessageOutlets one : several) {
                List<Outlet> outlets = one.of(channel, event);
                if (all.isEmpty()) {
                    all = outlets;
                } else if (!outlets.isEmpty()) {
                    all = new ArrayList<>(all);
                    all.addAll(outlets);
                }
            }
            return all;
        };
    }

    /// Those who are to hear of an event. Asked for every event, so that it must cost next to nothing if there are none.
    List<Outlet> of(Channel channel, Event event);
}
