package bellframe.identity;

import bellframe.idempotency.Fingerprint;
import bellframe.idempotency.RequestTokens;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.purges.Purge;
import bellframe.purges.Purges;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowWriter;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes the bots of app instances.
///
/// A bot is deleted as a user is: it is marked as leaving, and its purge removes what it has.
public final class AppInstanceBots {

    private static final int CACHED_MAX = 10_000;

    private final AppInstances appInstances;
    private final Pages pages;
    private final Tags tags;
    private final RequestTokens tokens;
    private final Purges purges;
    private final InstantSource clock;
    private final Belongings belongings = new Belongings();
    private final Records<UserArn, AppInstanceBot> bots;

    public AppInstanceBots(AppInstances appInstances, Storage storage, Tags tags, RequestTokens tokens, Purges purges,
            InstantSource clock) {
        this.appInstances = appInstances;
        this.pages = new Pages(storage);
        this.tags = tags;
        this.tokens = tokens;
        this.purges = purges;
        this.clock = clock;
        this.bots = new Records<>(storage, Table.APP_INSTANCE_BOTS, IdentityTables.BOTS, CACHED_MAX);
    }

    /// What belongs to bots.
    public Belongings belongings() {
        return belongings;
    }

    public @Nullable AppInstanceBot find(UserArn arn) {
        if (arn.kind() != UserArn.Kind.BOT || appInstances.find(arn.appInstance()) == null) {
            return null;
        }
        AppInstanceBot bot = bots.find(arn);
        return bot == null || bot.leaving() ? null : bot;
    }

    /// The bot of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text names no bot
    public AppInstanceBot require(String arn) {
        AppInstanceBot bot = UserArn.parse(arn).map(this::find).orElse(null);
        if (bot == null) {
            throw noBot();
        }
        return bot;
    }

    /// Creates a bot, once per token.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] or [Refusal#CONFLICT]
    public AppInstanceBot create(AppInstanceArn appInstance, @Nullable String name, @Nullable String metadata,
            AppInstanceBot.Lex lex, Map<String, String> newTags, String principalArn, String token) {
        appInstances.require(appInstance);
        var parameters = new RowWriter(1).optional(name, RowWriter::text).optional(metadata, RowWriter::text);
        IdentityTables.write(parameters, lex);
        Tags.write(parameters, newTags);
        RequestTokens.Claim claim = tokens.claim("CreateAppInstanceBot " + appInstance, principalArn, token,
                Fingerprint.of(parameters), UUID.randomUUID().toString());
        var arn = UserArn.bot(appInstance, claim.plan());
        AppInstanceBot existing = find(arn);
        if (existing != null) {
            tokens.done(claim);
            return existing;
        }
        claim.requireNotDone("The app instance bot");
        if (!newTags.isEmpty()) {
            tags.add(arn.toString(), newTags);
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        var bot = new AppInstanceBot(arn, name, metadata, lex, now, now, false);
        bots.insert(arn, bot);
        tokens.done(claim);
        // An app instance deleted meanwhile may have been purged without this bot.
        if (appInstances.find(appInstance) == null) {
            bots.put(arn, bot.departing());
            purge(arn);
        }
        return require(arn.toString());
    }

    public Page<AppInstanceBot> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return all(appInstance, cursor, limit).map(bot -> bot.leaving() ? null : bot);
    }

    /// Replaces name and metadata, and the configuration unless it is null.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstanceBot update(String arn, String name, String metadata, AppInstanceBot.@Nullable Lex lex) {
        return change(require(arn).arn(),
                bot -> bot.changed(name, metadata, lex, Instant.ofEpochMilli(clock.millis())));
    }

    /// Deletes the bot and everything that is its own; its messages stay.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(String arn) {
        AppInstanceBot bot = require(arn);
        var purge = new Purge(Purge.Kind.APP_INSTANCE_BOT, bot.arn().toString(), "");
        purges.plan(purge);
        try {
            change(bot.arn(), AppInstanceBot::departing);
        } finally {
            purges.begin(purge);
        }
        belongings.left(bot.arn());
    }

    /// Whether there is no such bot that could act.
    public boolean isGone(UserArn arn) {
        Records.Stored<AppInstanceBot> stored = bots.read(arn);
        return stored == null || stored.value().leaving();
    }

    /// Removes the rows of a bot that is leaving, whose id never comes back; does nothing to any other.
    public void purge(UserArn arn) {
        Records.Stored<AppInstanceBot> stored = bots.read(arn);
        if (stored != null && stored.value().leaving()) {
            belongings.remove(arn);
            tags.removeAll(arn.toString());
            bots.remove(arn);
        }
    }

    /// Removes the rows of all bots of an app instance that is gone.
    public void purgeAll(AppInstanceArn appInstance) {
        Pages.forEachAtOnce(cursor -> all(appInstance, cursor, Pages.SWEEP_ROWS), bot -> {
            bots.put(bot.arn(), bot.departing());
            purge(bot.arn());
        });
    }

    private Page<AppInstanceBot> all(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.APP_INSTANCE_BOTS, shard -> IdentityTables.users(appInstance, shard), cursor, limit)
                .map(row -> IdentityTables.bot(appInstance, row.value()));
    }

    private AppInstanceBot change(UserArn arn, UnaryOperator<AppInstanceBot> change) {
        return bots.change(arn, AppInstanceBots::noBot, bot -> {
            if (bot.leaving()) {
                throw noBot();
            }
            return change.apply(bot);
        });
    }

    private static Refused noBot() {
        return new Refused(Refusal.NOT_FOUND, "The app instance bot does not exist.");
    }
}
