package bellframe.identity;

import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;
import bellframe.storage.Row;

/// Keys and rows of APP_INSTANCES, APP_INSTANCE_USERS and APP_INSTANCE_ADMINS.
final class IdentityTables {

    private static final int APP_INSTANCE_VERSION = 1;
    private static final int USER_VERSION = 1;
    private static final int ADMIN_VERSION = 1;

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
                .toBytes();
    }

    static AppInstanceUser user(AppInstanceArn appInstance, byte[] row) {
        var reader = new RowReader(row, USER_VERSION);
        return new AppInstanceUser(UserArn.user(appInstance, reader.text()), reader.text(),
                reader.optional(RowReader::text), reader.time(), reader.time(), reader.flag());
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

    static AppInstanceAdmin admin(Row row) {
        var reader = new RowReader(row.value(), ADMIN_VERSION);
        return new AppInstanceAdmin(UserArn.parse(reader.text()).orElseThrow(), reader.time());
    }
}
