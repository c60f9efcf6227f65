package bellframe.identity;

import bellframe.expiration.Expiration;
import bellframe.expiration.Expirations;
import bellframe.limits.Counter;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.purges.Purge;
import bellframe.purges.Purges;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.StripedLocks;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes the users of app instances.
///
/// A deletion marks the user as leaving, which hides it from everybody; its purge removes what is the user's and then
/// the row. Who comes back under the same id before that waits for the purge: it is a new user.
public final class AppInstanceUsers {

    private static final int CACHED_MAX = 100_000;

    private final AppInstances appInstances;
    private final Pages pages;
    private final Tags tags;
    private final Expirations expirations;
    private final Purges purges;
    private final InstantSource clock;
    private final Belongings belongings = new Belongings();
    /// Held while a user is created or removed, and while it is set or looked at when it expires.
    private final StripedLocks departures = new StripedLocks();
    private final Records<UserArn, AppInstanceUser> users;
    private final Counter<AppInstanceArn> counter;

    public AppInstanceUsers(AppInstances appInstances, Storage storage, Tags tags, Expirations expirations,
            Purges purges, InstantSource clock) {
        this.appInstances = appInstances;
        this.pages = new Pages(storage);
        this.tags = tags;
        this.expirations = expirations;
        this.purges = purges;
        this.clock = clock;
        this.users = new Records<>(storage, Table.APP_INSTANCE_USERS, IdentityTables.USERS, CACHED_MAX);
        this.counter = new Counter<>(storage, Limit.APP_INSTANCE_USERS, Table.APP_INSTANCE_USERS,
                appInstance -> Pages.shards(shard -> IdentityTables.users(appInstance, shard)));
    }

    /// What belongs to users.
    public Belongings belongings() {
        return belongings;
    }

    public @Nullable AppInstanceUser find(UserArn arn) {
        if (arn.kind() != UserArn.Kind.USER || appInstances.find(arn.appInstance()) == null) {
            return null;
        }
        AppInstanceUser user = users.find(arn);
        return user == null || user.leaving() ? null : user;
    }

    /// The user of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text names nobody
    public AppInstanceUser require(String arn) {
        AppInstanceUser user = UserArn.parse(arn).map(this::find).orElse(null);
        if (user == null) {
            throw nobody();
        }
        return user;
    }

    /// Creates the user. A user of that id, name and metadata that exists already is left as it is: applications create
    /// their users at every sign-in.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND], [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if a different user has that id,
    ///         [Refusal#CONFLICT]
    public AppInstanceUser create(AppInstanceArn appInstance, String id, String name, @Nullable String metadata,
            @Nullable Expiration expiration, Map<String, String> tags) {
        appInstances.require(appInstance);
        var arn = UserArn.user(appInstance, id);
        Lock lock = departures.of(arn.toString());
        lock.lock();
        try {
            Records.Stored<AppInstanceUser> existing = users.read(arn);
            if (existing != null && !existing.value().leaving()) {
                return sameOrConflict(existing.value(), name, metadata);
            }
            purge(arn);
            Instant now = now();
            var user = new AppInstanceUser(arn, name, metadata, expiration, now, now, false);
            insert(user, tags);
            return user;
        } finally {
            lock.unlock();
        }
    }

    public Page<AppInstanceUser> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return all(appInstance, cursor, limit).map(user -> user.leaving() ? null : user);
    }

    /// Replaces name and metadata; null leaves the metadata as it is.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstanceUser update(String arn, String name, @Nullable String metadata) {
        return change(require(arn).arn(), user -> user.changed(name, metadata, now()));
    }

    /// Sets when the user is to be deleted; null for never.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstanceUser expire(String arn, @Nullable Expiration expiration) {
        UserArn user = require(arn).arn();
        Lock lock = departures.of(user.toString());
        lock.lock();
        try {
            Records.Stored<AppInstanceUser> stored = users.read(user);
            if (expiration != null && stored != null) {
                noteExpiration(stored.value(), expiration);
            }
            return change(user, old -> old.expiring(expiration, now()));
        } finally {
            lock.unlock();
        }
    }

    /// Deletes the user if its time has come.
    public void deleteIfDue(Expirations.Candidate candidate) {
        Lock lock = departures.of(candidate.arn());
        lock.lock();
        try {
            UserArn arn = UserArn.parse(candidate.arn()).orElseThrow();
            Records.Stored<AppInstanceUser> stored = isGone(arn) ? null : users.read(arn);
            Expiration expiration = stored == null ? null : stored.value().expiration();
            if (stored == null || expiration == null) {
                expirations.forget(candidate);
                return;
            }
            Instant due = expiration.dueAt(stored.value().created(), null);
            if (due.isAfter(now())) {
                expirations.note(candidate, due);
            } else {
                delete(candidate.arn());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Deletes the user and everything that is its own; its messages stay.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(String arn) {
        AppInstanceUser user = require(arn);
        var purge = new Purge(Purge.Kind.APP_INSTANCE_USER, user.arn().toString(),
                UUID.randomUUID().toString());
        purges.plan(purge);
        try {
            change(user.arn(), AppInstanceUser::departing);
        } finally {
            purges.begin(purge);
        }
        belongings.left(user.arn());
    }

    /// Whether there is no such user that could act.
    public boolean isGone(UserArn arn) {
        Records.Stored<AppInstanceUser> stored = users.read(arn);
        return stored == null || stored.value().leaving();
    }

    /// Removes the rows of a user who is leaving; does nothing to anybody else. One at a time for a user, lest a late one
    /// takes away what belongs to somebody who came back under the same id.
    public void purge(UserArn arn) {
        Lock lock = departures.of(arn.toString());
        lock.lock();
        try {
            Records.Stored<AppInstanceUser> stored = users.read(arn);
            if (stored != null && stored.value().leaving()) {
                belongings.remove(arn);
                tags.removeAll(arn.toString());
                expirations.forget(candidate(arn));
                Counter.Count before = counter.known(arn.appInstance());
                users.remove(arn);
                counter.give(arn.appInstance(), before);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Removes the rows of all users of an app instance that is gone.
    public void purgeAll(AppInstanceArn appInstance) {
        Pages.forEachAtOnce(cursor -> all(appInstance, cursor, Pages.SWEEP_ROWS), user -> {
            users.put(user.arn(), user.departing());
            purge(user.arn());
        });
    }

    private Page<AppInstanceUser> all(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.APP_INSTANCE_USERS, shard -> IdentityTables.users(appInstance, shard), cursor, limit)
                .map(row -> IdentityTables.user(appInstance, row.value()));
    }

    private AppInstanceUser change(UserArn arn, UnaryOperator<AppInstanceUser> change) {
        return users.change(arn, AppInstanceUsers::nobody, user -> {
            if (user.leaving()) {
                throw nobody();
            }
            return change.apply(user);
        });
    }

    private static AppInstanceUser sameOrConflict(AppInstanceUser existing, String name, @Nullable String metadata) {
        boolean same = existing.name().equals(name)
                && (metadata == null || metadata.equals(existing.metadata()));
        if (!same) {
            throw new Refused(Refusal.CONFLICT, "An app instance user with this id exists and is different.");
        }
        return existing;
    }

    private void insert(AppInstanceUser user, Map<String, String> newTags) {
        AppInstanceArn appInstance = user.arn().appInstance();
        counter.take(appInstance);
        boolean inserted = false;
        try {
            // An attempt that failed may have left some.
            tags.removeAll(user.arn().toString());
            if (!newTags.isEmpty()) {
                tags.add(user.arn().toString(), newTags);
            }
            if (user.expiration() != null) {
                noteExpiration(user, user.expiration());
            }
            inserted = users.insert(user.arn(), user);
        } finally {
            if (!inserted) {
                counter.forget(appInstance);
            }
        }
        // An app instance deleted meanwhile may have been purged without this user.
        if (appInstances.find(appInstance) == null) {
            users.put(user.arn(), user.departing());
            purge(user.arn());
            throw new Refused(Refusal.NOT_FOUND, "The app instance does not exist.");
        }
    }

    private void noteExpiration(AppInstanceUser user, Expiration expiration) {
        Instant due = expiration.dueAt(user.created(), null);
        Expiration old = user.expiration();
        Instant dueBefore = old == null ? due : old.dueAt(user.created(), null);
        expirations.note(candidate(user.arn()), dueBefore.isBefore(due) ? dueBefore : due);
    }

    private static Expirations.Candidate candidate(UserArn user) {
        return new Expirations.Candidate(user.toString(), "");
    }

    private static Refused nobody() {
        return new Refused(Refusal.NOT_FOUND, "The app instance user does not exist.");
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
