package bellframe.outbound.lex;

import bellframe.outbound.json.JsonText;
import bellframe.outbound.json.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;

/// Messages of a bot as clients of Chime get them: nested as Lex does, under names that begin with a capital. Whatever Lex does
/// not have is left out.
final class BotMessages {

    private BotMessages() {
    }

    /// An array in JSON.
    ///
    /// @param messages an array; names may begin with a capital or not
    static String of(JsonValue messages) {
        return JsonText.of(json -> {
            json.writeStartArray();
            for (JsonValue message : messages.items()) {
                writeMessage(message, json);
            }
            json.writeEndArray();
        });
    }

    private static void writeMessage(JsonValue message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeText(message, "Content", json);
        writeText(message, "ContentType", json);
        JsonValue card = member(message, "ImageResponseCard");
        if (card instanceof JsonValue.Members) {
            json.writeFieldName("ImageResponseCard");
            writeCard(card, json);
        }
        json.writeEndObject();
    }

    private static void writeCard(JsonValue card, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeText(card, "Title", json);
        writeText(card, "Subtitle", json);
        writeText(card, "ImageUrl", json);
        JsonValue buttons = member(card, "Buttons");
        if (!buttons.items().isEmpty()) {
            json.writeArrayFieldStart("Buttons");
            for (JsonValue button : buttons.items()) {
                json.writeStartObject();
                writeText(button, "Text", json);
                writeText(button, "Value", json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeText(JsonValue object, String name, JsonGenerator json) throws IOException {
        String text = member(object, name).text();
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static JsonValue member(JsonValue object, String name) {
        JsonValue value = object.get(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        return value == JsonValue.Bare.NULL ? object.get(name) : value;
    }
}
