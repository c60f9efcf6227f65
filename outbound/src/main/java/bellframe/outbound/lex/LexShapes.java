package bellframe.outbound.lex;

import bellframe.outbound.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lexruntimev2.model.Button;
import software.amazon.awssdk.services.lexruntimev2.model.ImageResponseCard;
import software.amazon.awssdk.services.lexruntimev2.model.Message;
import software.amazon.awssdk.services.lexruntimev2.model.SessionState;

/// What the SDK read, as the JSON that it was.
final class LexShapes {

    private LexShapes() {
    }

    static JsonValue messages(List<Message> messages) {
        return new JsonValue.Items(messages.stream().map(LexShapes::message).toList());
    }

    private static JsonValue message(Message message) {
        var members = new LinkedHashMap<String, JsonValue>();
        putText(members, "content", message.content());
        putText(members, "contentType", message.contentTypeAsString());
        if (message.imageResponseCard() != null) {
            members.put("imageResponseCard", card(message.imageResponseCard()));
        }
        return new JsonValue.Members(members);
    }

    private static JsonValue card(ImageResponseCard card) {
        var members = new LinkedHashMap<String, JsonValue>();
        putText(members, "title", card.title());
        putText(members, "subtitle", card.subtitle());
        putText(members, "imageUrl", card.imageUrl());
        members.put("buttons", new JsonValue.Items(card.buttons().stream().map(LexShapes::button).toList()));
        return new JsonValue.Members(members);
    }

    private static JsonValue button(Button button) {
        var members = new LinkedHashMap<String, JsonValue>();
        putText(members, "text", button.text());
        putText(members, "value", button.value());
        return new JsonValue.Members(members);
    }

    static JsonValue sessionState(@Nullable SessionState state) {
        var members = new LinkedHashMap<String, JsonValue>();
        if (state != null) {
            putText(members, "originatingRequestId", state.originatingRequestId());
            if (state.intent() != null) {
                var intent = new LinkedHashMap<String, JsonValue>();
                putText(intent, "name", state.intent().name());
                putText(intent, "state", state.intent().stateAsString());
                members.put("intent", new JsonValue.Members(intent));
            }
        }
        return new JsonValue.Members(members);
    }

    private static void putText(Map<String, JsonValue> members, String name, @Nullable String text) {
        if (text != null) {
            members.put(name, new JsonValue.Text(text));
        }
    }
}
