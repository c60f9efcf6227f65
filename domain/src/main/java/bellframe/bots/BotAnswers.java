package bellframe.bots;

import bellframe.messages.BotMessage;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of bots as messages, in the form that clients of Chime know.
final class BotAnswers {

    /// The code of a failure for want of permission.
    static final int FORBIDDEN = 403;
    /// The code of any other failure.
    static final int SERVICE_FAILURE = 500;

    private static final String MESSAGES = "application/amz-chime-lex-msgs";
    private static final String ERROR = "application/amz-chime-lex-error";
    private static final String STATE = "CHIME.LEX.sessionState.";
    private static final int SESSION_ID_BYTES = 16;

    private BotAnswers() {
    }

    /// @param messageId what is answered, in place of the request that the bot does not tell; null for a welcome
    static BotMessage success(BotReply reply, @Nullable String messageId, @Nullable UserArn target) {
        var attributes = new LinkedHashMap<String, List<String>>();
        put(attributes, "intent.name", reply.intentName());
        put(attributes, "intent.state", reply.intentState());
        put(attributes, "originatingRequestId",
                reply.originatingRequestId() == null ? messageId : reply.originatingRequestId());
        put(attributes, "sessionId", reply.sessionId());
        return new BotMessage("{\"Messages\":" + reply.messages() + '}', MESSAGES, attributes, target);
    }

    private static void put(Map<String, List<String>> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(STATE + name, List.of(value));
        }
    }

    static BotMessage failure(int code, @Nullable UserArn target) {
        return new BotMessage("{\"Code\":" + code + '}', ERROR, Map.of(), target);
    }

    /// The conversation of one user in one channel, so that users share nothing they told a bot.
    static String sessionId(ChannelArn channel, UserArn asker) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((channel + " " + asker).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SESSION_ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
