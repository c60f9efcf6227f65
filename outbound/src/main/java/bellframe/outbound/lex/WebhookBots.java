package bellframe.outbound.lex;

import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes;
import bellframe.outbound.calls.Answer;
import bellframe.outbound.json.JsonText;
import bellframe.outbound.json.JsonValue;
import bellframe.outbound.webhook.Webhooks;
import bellframe.outbox.DeliveryFailed;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks bots that are not of Lex, at addresses of the operator's choice, under the ARN of an alias. They get a question as Lex
/// does, `{text, sessionId, localeId, requestAttributes, sessionState}`, and answer as it does, `{messages, sessionState}`, in no
/// more than an answer of a call may have. Safe for use by many threads.
public final class WebhookBots implements BotRuntimes {

    private final Map<String, URI> addresses;
    private final Webhooks webhooks;

    /// Calls nobody before the first question.
    ///
    /// @param addresses by the ARN of the bot's alias
    public WebhookBots(Map<String, URI> addresses, Webhooks webhooks) {
        this.addresses = Map.copyOf(addresses);
        this.webhooks = webhooks;
    }

    @Override
    public BotReply recognize(Question question, String text) throws DeliveryFailed {
        return ask(question, text, null);
    }

    @Override
    public BotReply start(Question question, String intent) throws DeliveryFailed {
        return ask(question, null, intent);
    }

    private BotReply ask(Question question, @Nullable String text, @Nullable String intent) throws DeliveryFailed {
        URI address = addresses.get(question.botAliasArn());
        if (address == null) {
            throw DeliveryFailed.permanentFailure("no webhook is configured for " + question.botAliasArn());
        }
        String json = JsonText.of(out -> write(question, text, intent, out));
        Answer answer = webhooks.ask(address, "msg_" + question.id(), json.getBytes(StandardCharsets.UTF_8));
        if (answer.cut()) {
            throw DeliveryFailed.permanentFailure("the bot's webhook answered too much");
        }
        JsonValue reply = JsonValue.parse(answer.body()).orElse(JsonValue.Bare.NULL);
        if (!(reply instanceof JsonValue.Members)) {
            throw DeliveryFailed.permanentFailure("the bot's webhook answered something else than messages");
        }
        return LexReply.of(reply.get("messages"), reply.get("sessionState"), null, question.sessionId());
    }

    private static void write(Question question, @Nullable String text, @Nullable String intent, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        if (text != null) {
            json.writeStringField("text", text);
        }
        json.writeStringField("sessionId", question.sessionId());
        json.writeStringField("localeId", question.localeId());
        json.writeObjectFieldStart("requestAttributes");
        for (Map.Entry<String, String> attribute : question.attributes().entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("sessionState");
        if (intent != null) {
            writeBegun(intent, json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeBegun(String intent, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("intent");
        json.writeStringField("name", intent);
        json.writeStringField("state", "InProgress");
        json.writeEndObject();
        json.writeObjectFieldStart("dialogAction");
        json.writeStringField("type", "Delegate");
        json.writeEndObject();
    }
}
