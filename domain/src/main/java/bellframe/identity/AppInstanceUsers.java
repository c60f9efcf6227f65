package bellframe.identity;

import bellframe.names.AppInstanceArn;
import bellframe.names.Identity;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes the users of app instances.
///
/// A deletion first marks the user as leaving, which hides it from everybody, then lets the listeners remove what is
/// the user's, then removes the row; a crash in between is made good by the next deletion or creation of that user.
public final class AppInstanceUsers {

    private static final int CACHED_MAX = 100_000;

    private static final String NOBODY = "The app instance user does not exist.";

    /// A user, and its row as it was read, to change it if it still is that.
    private record Stored(AppInstanceUser user, byte[] row) {
    }

    private final AppInstances appInstances;
    private final Storage storage;
    private final Pages pages;
    private final InstantSource clock;
    private final List<DeletionListener> deletionListeners = new CopyOnWriteArrayList<>();
    private final Cache<UserArn, Optional<AppInstanceUser>> cache = Caffeine.newBuilder()
            .maximumSize(CACHED_MAX)
            .build();

    public AppInstanceUsers(AppInstances appInstances, Storage storage, InstantSource clock) {
        this.appInstances = appInstances;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.clock = clock;
    }

    public void onDeletion(DeletionListener listener) {
        deletionListeners.add(listener);
    }

    /// Who acts, from the x-amz-chime-bearer header.
    ///
    /// @throws Refused with [Refusal#INVALID_BEARER] if the ARN names nobody
    public Bearer bearer(@Nullable String arn) {
        AppInstanceUser user = arn == null ? null : UserArn.parse(arn).map(this::find).orElse(null);
        if (user == null) {
            throw new Refused(Refusal.INVALID_BEARER);
        }
        return new Bearer(user.arn(), user.name());
    }

    /// Someone that the input names, who must be of the app instance.
    ///
    /// @throws Refused with [Refusal#INVALID_USER_IN_INPUT] if the ARN names nobody there
    public AppInstanceUser named(String arn, AppInstanceArn appInstance) {
        AppInstanceUser user = UserArn.parse(arn)
                .filter(parsed -> parsed.appInstance().equals(appInstance))
                .map(this::find)
                .orElse(null);
        if (user == null) {
            throw new Refused(Refusal.INVALID_USER_IN_INPUT);
        }
        return user;
    }

    public @Nullable AppInstanceUser find(UserArn arn) {
        if (arn.kind() != UserArn.Kind.USER || appInstances.find(arn.appInstance()) == null) {
            return null;
        }
        return cache.get(arn, this::load).orElse(null);
    }

    /// The user of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text names nobody
    public AppInstanceUser require(String arn) {
        AppInstanceUser user = UserArn.parse(arn).map(this::find).orElse(null);
        if (user == null) {
            throw new Refused(Refusal.NOT_FOUND, NOBODY);
        }
        return user;
    }

    /// The user with its present name, or without one if it was deleted.
    public Identity identity(UserArn arn) {
        AppInstanceUser user = find(arn);
        return user == null ? new Identity(arn.toString(), null) : user.identity();
    }

    /// Creates the user. A user of that id, name and metadata that exists already is left as it is: applications create
    /// their users at every sign-in.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] or, if a different user has that id, [Refusal#CONFLICT]
    public AppInstanceUser create(AppInstanceArn appInstance, String id, String name, @Nullable String metadata,
            Map<String, String> tags) {
        appInstances.require(appInstance);
        var arn = UserArn.user(appInstance, id);
        while (true) {
            Stored existing = read(arn);
            if (existing != null && existing.user().leaving()) {
                finishDeletion(existing);
            } else if (existing != null) {
                return sameOrConflict(existing.user(), name, metadata);
            } else {
                Instant now = now();
                var user = new AppInstanceUser(arn, name, metadata, now, now, false);
                if (insert(user, tags)) {
                    return user;
                }
            }
        }
    }

    public Page<AppInstanceUser> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.APP_INSTANCE_USERS, shard -> IdentityTables.users(appInstance, shard), cursor, limit)
                .map(row -> {
                    var user = IdentityTables.user(appInstance, row.value());
                    return user.leaving() ? null : user;
                });
    }

    /// Replaces name and metadata; null leaves the metadata as it is.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstanceUser update(String arn, String name, @Nullable String metadata) {
        while (true) {
            Stored old = requireStored(arn);
            if (old.user().leaving()) {
                throw new Refused(Refusal.NOT_FOUND, NOBODY);
            }
            var changed = old.user().changed(name, metadata, now());
            if (replace(old, changed)) {
                return changed;
            }
        }
    }

    /// Deletes the user and everything that is its own; its messages stay.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(String arn) {
        while (true) {
            Stored stored = requireStored(arn);
            if (stored.user().leaving()) {
                finishDeletion(stored);
                return;
            }
            replace(stored, stored.user().departing());
        }
    }

    private Stored requireStored(String arn) {
        UserArn parsed = UserArn.parse(arn).orElseThrow(() -> new Refused(Refusal.NOT_FOUND, NOBODY));
        Stored stored = read(parsed);
        if (stored == null || appInstances.find(parsed.appInstance()) == null) {
            throw new Refused(Refusal.NOT_FOUND, NOBODY);
        }
        return stored;
    }

    private void finishDeletion(Stored leaving) {
        UserArn arn = leaving.user().arn();
        deletionListeners.forEach(listener -> listener.userDeleted(arn));
        Key partition = IdentityTables.users(arn);
        Key row = IdentityTables.user(arn);
        commit(arn, new Batch().requireEqual(Table.APP_INSTANCE_USERS, partition, row, leaving.row())
                .delete(Table.APP_INSTANCE_USERS, partition, row));
    }

    private static AppInstanceUser sameOrConflict(AppInstanceUser existing, String name, @Nullable String metadata) {
        boolean same = existing.name().equals(name)
                && (metadata == null || metadata.equals(existing.metadata()));
        if (!same) {
            throw new Refused(Refusal.CONFLICT, "An app instance user with this id exists and is different.");
        }
        return existing;
    }

    private boolean insert(AppInstanceUser user, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            var tagging = new Batch();
            Tags.record(tagging, user.arn().toString(), tags);
            storage.commit(tagging);
        }
        Key partition = IdentityTables.users(user.arn());
        Key row = IdentityTables.user(user.arn());
        return commit(user.arn(), new Batch().requireAbsent(Table.APP_INSTANCE_USERS, partition, row)
                .put(Table.APP_INSTANCE_USERS, partition, row, IdentityTables.row(user)));
    }

    private boolean replace(Stored old, AppInstanceUser changed) {
        Key partition = IdentityTables.users(changed.arn());
        Key row = IdentityTables.user(changed.arn());
        return commit(changed.arn(), new Batch()
                .requireEqual(Table.APP_INSTANCE_USERS, partition, row, old.row())
                .put(Table.APP_INSTANCE_USERS, partition, row, IdentityTables.row(changed)));
    }

    /// The user as stored, leaving or not.
    private @Nullable Stored read(UserArn arn) {
        byte[] row = storage.get(Table.APP_INSTANCE_USERS, IdentityTables.users(arn), IdentityTables.user(arn));
        return row == null ? null : new Stored(IdentityTables.user(arn.appInstance(), row), row);
    }

    /// Commits a change and forgets what is remembered of it, also if its outcome is unknown.
    private boolean commit(UserArn changed, Batch batch) {
        try {
            return storage.commit(batch);
        } finally {
            cache.invalidate(changed);
        }
    }

    private Optional<AppInstanceUser> load(UserArn arn) {
        return Optional.ofNullable(read(arn)).map(Stored::user).filter(user -> !user.leaving());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
