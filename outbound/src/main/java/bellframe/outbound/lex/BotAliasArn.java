package bellframe.outbound.lex;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ARN of an alias of a Lex V2 bot.
public record BotAliasArn(String region, String botId, String aliasId) {

    /// The shape `LexBotAliasArn` of the API model.
    private static final Pattern ARN = Pattern
            .compile("arn:aws:lex:([a-z]{2}-[a-z]+-\\d):\\d{12}:bot-alias/([A-Z0-9]{10})/([A-Z0-9]{10})");

    /// Empty if the text is none.
    public static Optional<BotAliasArn> parse(String text) {
        Matcher parts = ARN.matcher(text);
        return parts.matches()
                ? Optional.of(new BotAliasArn(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }
}
