package bellframe.identity;

import bellframe.names.AppInstanceArn;
import bellframe.names.Identity;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// Finds users and bots alike.
public final class Actors {

    private final AppInstanceUsers users;
    private final AppInstanceBots bots;

    public Actors(AppInstanceUsers users, AppInstanceBots bots) {
        this.users = users;
        this.bots = bots;
    }

    /// Who acts, from the x-amz-chime-bearer header.
    ///
    /// @throws Refused with [Refusal#INVALID_BEARER] if the ARN names nobody
    public Bearer bearer(@Nullable String arn) {
        Actor actor = arn == null ? null : UserArn.parse(arn).map(this::find).orElse(null);
        if (actor == null) {
            throw new Refused(Refusal.INVALID_BEARER);
        }
        return new Bearer(actor.arn(), actor.name());
    }

    /// Someone that the input names, who must be of the app instance.
    ///
    /// @throws Refused with [Refusal#INVALID_USER_IN_INPUT] if the ARN names nobody there
    public Actor named(String arn, AppInstanceArn appInstance) {
        Actor actor = UserArn.parse(arn)
                .filter(parsed -> parsed.appInstance().equals(appInstance))
                .map(this::find)
                .orElse(null);
        if (actor == null) {
            throw new Refused(Refusal.INVALID_USER_IN_INPUT);
        }
        return actor;
    }

    public @Nullable Actor find(UserArn arn) {
        return switch (arn.kind()) {
            case USER -> {
                AppInstanceUser user = users.find(arn);
                yield user == null ? null : new Actor(arn, user.name());
            }
            case BOT -> {
                AppInstanceBot bot = bots.find(arn);
                yield bot == null ? null : new Actor(arn, bot.name());
            }
        };
    }

    /// The actor with its present name, or without one if it was deleted.
    public Identity identity(UserArn arn) {
        Actor actor = find(arn);
        return actor == null ? new Identity(arn.toString(), null) : actor.identity();
    }
}
