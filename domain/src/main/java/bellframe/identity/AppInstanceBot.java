package bellframe.identity;

import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bot of an app instance, and what answers for it.
///
/// @param leaving whether the bot is being deleted: nobody sees it any more, but some of its rows may still be there
public record AppInstanceBot(
        UserArn arn,
        @Nullable String name,
        @Nullable String metadata,
        Lex lex,
        Instant created,
        Instant updated,
        boolean leaving) {

    /// The Lex V2 bot behind it.
    ///
    /// @param respondsTo whether the configuration was given in the older form that names only `STANDARD_MESSAGES`
    /// @param standard which messages for everybody invoke the bot
    /// @param targeted whether messages targeted at the bot invoke it
    public record Lex(
            String botAliasArn,
            String localeId,
            @Nullable String welcomeIntent,
            boolean respondsTo,
            Standard standard,
            boolean targeted) {
    }

    public enum Standard {
        AUTO,
        ALL,
        MENTIONS,
        NONE
    }

    /// The same bot, changed; without a configuration it keeps its own.
    AppInstanceBot changed(String newName, String newMetadata, @Nullable Lex newLex, Instant when) {
        return new AppInstanceBot(arn, newName, newMetadata, newLex == null ? lex : newLex, created, when, leaving);
    }

    /// The same bot on its way out.
    AppInstanceBot departing() {
        return new AppInstanceBot(arn, name, metadata, lex, created, updated, true);
    }
}
