package bellframe.identity;

import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Promotes users to admins of their app instance, and demotes them.
public final class AppInstanceAdmins {

    private static final int CACHED_MAX = 100_000;

    private final AppInstanceUsers users;
    private final Storage storage;
    private final Pages pages;
    private final InstantSource clock;
    private final Cache<UserArn, Optional<AppInstanceAdmin>> cache = Caffeine.newBuilder()
            .maximumSize(CACHED_MAX)
            .build();

    public AppInstanceAdmins(AppInstanceUsers users, Storage storage, InstantSource clock) {
        this.users = users;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.clock = clock;
    }

    /// Makes the user an admin.
    ///
    /// @throws Refused with [Refusal#INVALID_USER_IN_INPUT], [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if the user is an
    ///         admin already, [Refusal#CONFLICT]
    public AppInstanceUser create(AppInstanceArn appInstance, String userArn) {
        AppInstanceUser user = users.named(userArn, appInstance);
        Key partition = IdentityTables.admins(appInstance);
        Key row = IdentityTables.admin(user.arn());
        if (!isAdmin(user.arn())) {
            Limit.APP_INSTANCE_ADMINS.requireRoomFor(count(partition));
        }
        var admin = new AppInstanceAdmin(user.arn(), Instant.ofEpochMilli(clock.millis()));
        boolean created = commit(user.arn(), new Batch().requireAbsent(Table.APP_INSTANCE_ADMINS, partition, row)
                .put(Table.APP_INSTANCE_ADMINS, partition, row, IdentityTables.row(admin)));
        if (!created) {
            throw new Refused(Refusal.CONFLICT, "The user is an admin already.");
        }
        // A user deleted meanwhile may have been missed; the next one of that id must not inherit the role.
        if (users.find(user.arn()) == null) {
            delete(user.arn());
        }
        return user;
    }

    public boolean isAdmin(UserArn user) {
        return find(user) != null;
    }

    /// The admin of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the ARN names no admin of the app instance
    public AppInstanceAdmin require(AppInstanceArn appInstance, String userArn) {
        AppInstanceAdmin admin = UserArn.parse(userArn)
                .filter(user -> user.appInstance().equals(appInstance))
                .map(this::find)
                .orElse(null);
        if (admin == null) {
            throw new Refused(Refusal.NOT_FOUND, "The user is not an admin of the app instance.");
        }
        return admin;
    }

    public Page<AppInstanceAdmin> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.single(Table.APP_INSTANCE_ADMINS, IdentityTables.admins(appInstance), cursor, limit)
                .map(IdentityTables::admin);
    }

    /// Takes the role away; the user stays. Does nothing if the user is no admin.
    public void delete(UserArn user) {
        commit(user, new Batch().delete(Table.APP_INSTANCE_ADMINS, IdentityTables.admins(user.appInstance()),
                IdentityTables.admin(user)));
    }

    private @Nullable AppInstanceAdmin find(UserArn user) {
        return cache.get(user, this::load).orElse(null);
    }

    /// Commits a change and forgets what is remembered of it, also if its outcome is unknown.
    private boolean commit(UserArn changed, Batch batch) {
        try {
            return storage.commit(batch);
        } finally {
            cache.invalidate(changed);
        }
    }

    private Optional<AppInstanceAdmin> load(UserArn user) {
        Key row = IdentityTables.admin(user);
        byte[] value = storage.get(Table.APP_INSTANCE_ADMINS, IdentityTables.admins(user.appInstance()), row);
        return Optional.ofNullable(value).map(found -> IdentityTables.admin(new Row(row, found)));
    }

    private int count(Key partition) {
        return storage
                .scan(Scan.ascending(Table.APP_INSTANCE_ADMINS, partition, null, Limit.APP_INSTANCE_ADMINS.value()))
                .size();
    }
}
