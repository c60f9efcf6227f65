package bellframe.messages;

import bellframe.names.UserArn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a bot says: a persistent STANDARD message.
///
/// @param attributes the values of each message attribute, by name
/// @param target the one member, beside the bot, who may see it; null for everybody
public record BotMessage(
        String content,
        String contentType,
        Map<String, List<String>> attributes,
        @Nullable UserArn target) {

    NewMessage draft() {
        return new NewMessage(Message.Type.STANDARD, true, content, null, contentType, attributes, target, null);
    }

    /// Leaves out what is said.
    @Override
    public String toString() {
        return "BotMessage[" + contentType + "]";
    }
}
