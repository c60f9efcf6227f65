package bellframe.identity;

import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Promotes users and bots to admins of their app instance, and demotes them.
public final class AppInstanceAdmins {

    private static final int CACHED_MAX = 100_000;

    private final Actors actors;
    private final Storage storage;
    private final Pages pages;
    private final InstantSource clock;
    private final Records<UserArn, AppInstanceAdmin> admins;

    public AppInstanceAdmins(Actors actors, Storage storage, InstantSource clock) {
        this.actors = actors;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.clock = clock;
        this.admins = new Records<>(storage, Table.APP_INSTANCE_ADMINS, IdentityTables.ADMINS, CACHED_MAX);
    }

    /// Makes the user or bot an admin.
    ///
    /// @throws Refused with [Refusal#INVALID_USER_IN_INPUT], [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if it is an admin
    ///         already, [Refusal#CONFLICT]
    public Actor create(AppInstanceArn appInstance, String arn) {
        Actor actor = actors.named(arn, appInstance);
        if (!isAdmin(actor.arn())) {
            Limit.APP_INSTANCE_ADMINS.requireRoomFor(count(appInstance));
        }
        var admin = new AppInstanceAdmin(actor.arn(), Instant.ofEpochMilli(clock.millis()));
        if (!admins.insert(actor.arn(), admin)) {
            throw new Refused(Refusal.CONFLICT, "The user is an admin already.");
        }
        // A user deleted meanwhile may have been missed; the next one of that id must not inherit the role.
        if (actors.find(actor.arn()) == null) {
            delete(actor.arn());
        }
        return actor;
    }

    public boolean isAdmin(UserArn actor) {
        return admins.find(actor) != null;
    }

    /// The admin of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the ARN names no admin of the app instance
    public AppInstanceAdmin require(AppInstanceArn appInstance, String arn) {
        AppInstanceAdmin admin = UserArn.parse(arn)
                .filter(parsed -> parsed.appInstance().equals(appInstance) && actors.find(parsed) != null)
                .map(admins::find)
                .orElse(null);
        if (admin == null) {
            throw new Refused(Refusal.NOT_FOUND, "The user is not an admin of the app instance.");
        }
        return admin;
    }

    public Page<AppInstanceAdmin> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return all(appInstance, cursor, limit).map(admin -> actors.find(admin.arn()) == null ? null : admin);
    }

    /// Takes the role away; whoever had it stays. Does nothing if it is no admin.
    public void delete(UserArn actor) {
        admins.remove(actor);
    }

    /// Removes the rows of all admins of an app instance that is gone.
    public void purgeAll(AppInstanceArn appInstance) {
        Pages.forEach(cursor -> all(appInstance, cursor, Pages.SWEEP_ROWS), admin -> delete(admin.arn()));
    }

    private Page<AppInstanceAdmin> all(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.single(Table.APP_INSTANCE_ADMINS, IdentityTables.admins(appInstance), cursor, limit)
                .map(row -> IdentityTables.admin(row.value()));
    }

    private int count(AppInstanceArn appInstance) {
        return storage.scan(Scan.ascending(Table.APP_INSTANCE_ADMINS, IdentityTables.admins(appInstance), null,
                Limit.APP_INSTANCE_ADMINS.value())).size();
    }
}
