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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes the users of app instances.
///
/// A deletion first marks the user as leaving, which hides it from everybody, then lets the listeners remove what is
/// the user's, then removes the row; a crash in between is made good by the next deletion or creation of that user.
public final class AppInstanceUsers {

    private static final int CACHED_MAX = 100_000;

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
            throw new Refused(Refusal.NOT_FOUND, "The app instance user does not exist.");
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
            AppInstanceUser existing = read(arn);
            if (existing != null && existing.leaving()) {
                finishDeletion(existing);
            } else if (existing != null) {
                return sameOrConflict(existing, name, metadata);
            } else if (insert(arn, name, metadata, tags)) {
                return Objects.requireNonNull(find(arn));
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

    /// Replaces name and metadata.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstanceUser update(String arn, String name, @Nullable String metadata) {
        while (true) {
            AppInstanceUser old = require(arn);
            var changed = new AppInstanceUser(old.arn(), name, metadata, old.created(), now(), false);
            if (replace(old, changed)) {
                return changed;
            }
        }
    }

    /// Deletes the user and everything that is its own; its messages stay.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(String arn) {
        AppInstanceUser user = userOrLeaving(arn);
        var leaving = new AppInstanceUser(user.arn(), user.name(), user.metadata(), user.created(), user.updated(),
                true);
        if (user.leaving() || replace(user, leaving)) {
            finishDeletion(leaving);
        } else {
            throw new Refused(Refusal.CONFLICT, "The app instance user changed meanwhile.");
        }
    }

    private AppInstanceUser userOrLeaving(String arn) {
        UserArn parsed = UserArn.parse(arn).orElse(null);
        AppInstanceUser stored = parsed == null ? null : read(parsed);
        return stored == null ? require(arn) : stored;
    }

    private void finishDeletion(AppInstanceUser leaving) {
        deletionListeners.forEach(listener -> listener.userDeleted(leaving.arn()));
        commit(leaving.arn(), new Batch()
                .requireEqual(Table.APP_INSTANCE_USERS, IdentityTables.users(leaving.arn()),
                        IdentityTables.user(leaving.arn()), IdentityTables.row(leaving))
                .delete(Table.APP_INSTANCE_USERS, IdentityTables.users(leaving.arn()),
                        IdentityTables.user(leaving.arn())));
    }

    private static AppInstanceUser sameOrConflict(AppInstanceUser existing, String name, @Nullable String metadata) {
        boolean same = existing.name().equals(name)
                && (metadata == null || metadata.equals(existing.metadata()));
        if (!same) {
            throw new Refused(Refusal.CONFLICT, "An app instance user with this id exists and is different.");
        }
        return existing;
    }

    private boolean insert(UserArn arn, String name, @Nullable String metadata, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            var tagging = new Batch();
            Tags.record(tagging, arn.toString(), tags);
            storage.commit(tagging);
        }
        Instant now = now();
        byte[] row = IdentityTables.row(new AppInstanceUser(arn, name, metadata, now, now, false));
        Key partition = IdentityTables.users(arn);
        boolean inserted = commit(arn, new Batch()
                .requireAbsent(Table.APP_INSTANCE_USERS, partition, IdentityTables.user(arn))
                .put(Table.APP_INSTANCE_USERS, partition, IdentityTables.user(arn), row));
        return inserted;
    }

    private boolean replace(AppInstanceUser old, AppInstanceUser changed) {
        Key partition = IdentityTables.users(old.arn());
        Key row = IdentityTables.user(old.arn());
        boolean replaced = commit(old.arn(), new Batch()
                .requireEqual(Table.APP_INSTANCE_USERS, partition, row, IdentityTables.row(old))
                .put(Table.APP_INSTANCE_USERS, partition, row, IdentityTables.row(changed)));
        return replaced;
    }

    /// The user as stored, leaving or not.
    private @Nullable AppInstanceUser read(UserArn arn) {
        byte[] row = storage.get(Table.APP_INSTANCE_USERS, IdentityTables.users(arn), IdentityTables.user(arn));
        return row == null ? null : IdentityTables.user(arn.appInstance(), row);
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
        return Optional.ofNullable(read(arn)).filter(user -> !user.leaving());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
