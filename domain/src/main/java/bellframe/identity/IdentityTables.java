package bellframe.identity;

import bellframe.expiration.Expiration;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;
import java.time.Instant;

/// Keys and rows of APP_INSTANCES, APP_INSTANCE_USERS, APP_INSTANCE_BOTS, APP_INSTANCE_ADMINS and RETENTION_SETTINGS.
final class IdentityTables {

    private static final int APP_INSTANCE_VERSION = 1;
    private static final int USER_VERSION = 2;
    private static final int BOT_VERSION = 1;
    private static final int ADMIN_VERSION = 1;
    private static final int RETENTION_VERSION = 1;

    static final Records.Layout<AppInstanceArn, AppInstance> APP_INSTANCES = new Records.Layout<>(
            arn -> appInstances(arn.account()), IdentityTables::appInstance, IdentityTables::row,
            (arn, row) -> appInstance(arn.account(), row));

    static final Records.Layout<UserArn, AppInstanceUser> USERS = new Records.Layout<>(
            IdentityTables::users, IdentityTables::user, IdentityTables::row,
            (arn, row) -> user(arn.appInstance(), row));

    static final Records.Layout<UserArn, AppInstanceBot> BOTS = new Records.Layout<>(
            IdentityTables::users, IdentityTables::user, IdentityTables::row,
            (arn, row) -> bot(arn.appInstance(), row));

    static final Records.Layout<UserArn, AppInstanceAdmin> ADMINS = new Records.Layout<>(
            arn -> admins(arn.appInstance()), IdentityTables::admin, IdentityTables::row, (_, row) -> admin(row));

    static final Records.Layout<AppInstanceArn, Retention> RETENTIONS = new Records.Layout<>(
            arn -> appInstances(arn.account()), IdentityTables::appInstance, IdentityTables::row,
            (_, row) -> retention(row));

    private IdentityTables() {
    }

    static Key appInstances(Account account) {
        return Key.of(account.id(), account.region());
    }

    static Key appInstance(AppInstanceArn arn) {
        return Key.of(arn.id());
    }

    static byte[] row(AppInstance appInstance) {
        return new RowWriter(APP_INSTANCE_VERSION).text(appInstance.arn().id())
                .text(appInstance.name())
                .optional(appInstance.metadata(), RowWriter::text)
                .time(appInstance.created())
                .time(appInstance.updated())
                .toBytes();
    }

    static AppInstance appInstance(Account account, byte[] row) {
        var reader = new RowReader(row, APP_INSTANCE_VERSION);
        return new AppInstance(new AppInstanceArn(account, reader.text()), reader.text(),
                reader.optional(RowReader::text), reader.time(), reader.time());
    }

    static Key users(AppInstanceArn appInstance, int shard) {
        return Key.builder()
                .text(appInstance.account().id())
                .text(appInstance.account().region())
                .text(appInstance.id())
                .number8(shard)
                .build();
    }

    static Key users(UserArn user) {
        return users(user.appInstance(), Pages.shardOf(user.id()));
    }

    static Key user(UserArn user) {
        return Key.of(user.id());
    }

    static byte[] row(AppInstanceUser user) {
        return new RowWriter(USER_VERSION).text(user.arn().id())
                .text(user.name())
                .optional(user.metadata(), RowWriter::text)
                .time(user.created())
                .time(user.updated())
                .flag(user.leaving())
                .optional(user.expiration(), Expiration::write)
                .toBytes();
    }

    static AppInstanceUser user(AppInstanceArn appInstance, byte[] row) {
        var reader = new RowReader(row, USER_VERSION);
        var arn = UserArn.user(appInstance, reader.text());
        String name = reader.text();
        String metadata = reader.optional(RowReader::text);
        Instant created = reader.time();
        Instant updated = reader.time();
        boolean leaving = reader.flag();
        Expiration expiration = reader.version() < 2 ? null : reader.optional(Expiration::read);
        return new AppInstanceUser(arn, name, metadata, expiration, created, updated, leaving);
    }

    static byte[] row(AppInstanceBot bot) {
        var row = new RowWriter(BOT_VERSION).text(bot.arn().id())
                .optional(bot.name(), RowWriter::text)
                .optional(bot.metadata(), RowWriter::text)
                .time(bot.created())
                .time(bot.updated())
                .flag(bot.leaving());
        write(row, bot.lex());
        return row.toBytes();
    }

    static void write(RowWriter row, AppInstanceBot.Lex lex) {
        row.text(lex.botAliasArn())
                .text(lex.localeId())
                .optional(lex.welcomeIntent(), RowWriter::text)
                .flag(lex.respondsTo())
                .name(lex.standard())
                .flag(lex.targeted());
    }

    static AppInstanceBot bot(AppInstanceArn appInstance, byte[] row) {
        var reader = new RowReader(row, BOT_VERSION);
        var arn = UserArn.bot(appInstance, reader.text());
        String name = reader.optional(RowReader::text);
        String metadata = reader.optional(RowReader::text);
        Instant created = reader.time();
        Instant updated = reader.time();
        boolean leaving = reader.flag();
        var lex = new AppInstanceBot.Lex(reader.text(), reader.text(), reader.optional(RowReader::text), reader.flag(),
                reader.name(AppInstanceBot.Standard.class), reader.flag());
        return new AppInstanceBot(arn, name, metadata, lex, created, updated, leaving);
    }

    static Key admins(AppInstanceArn appInstance) {
        return Key.of(appInstance.account().id(), appInstance.account().region(), appInstance.id());
    }

    static Key admin(UserArn user) {
        return Key.of(user.toString());
    }

    static byte[] row(AppInstanceAdmin admin) {
        return new RowWriter(ADMIN_VERSION).text(admin.arn().toString()).time(admin.created()).toBytes();
    }

    static AppInstanceAdmin admin(byte[] row) {
        var reader = new RowReader(row, ADMIN_VERSION);
        return new AppInstanceAdmin(UserArn.parse(reader.text()).orElseThrow(), reader.time());
    }

    static byte[] row(Retention retention) {
        return new RowWriter(RETENTION_VERSION).number(retention.days()).time(retention.deletionBegins()).toBytes();
    }

    static Retention retention(byte[] row) {
        var reader = new RowReader(row, RETENTION_VERSION);
        return new Retention(Math.toIntExact(reader.number()), reader.time());
    }
}
