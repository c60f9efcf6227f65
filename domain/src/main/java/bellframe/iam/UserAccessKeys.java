package bellframe.iam;

import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Principal;
import bellframe.limits.Limit;
import bellframe.names.Account;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The access keys of users. Their secrets are sealed in the store, and told once, when they are made.
public final class UserAccessKeys {

    private static final int CACHED_MAX = 10_000;

    private final Entities<IamUser> users;
    private final MasterKey masterKey;
    private final NewKeys newKeys;
    private final InstantSource clock;
    private final Key partition;
    private final Pages pages;
    private final Records<String, UserAccessKey> keys;

    public UserAccessKeys(Account account, Entities<IamUser> users, Storage storage, MasterKey masterKey,
            NewKeys newKeys, InstantSource clock) {
        this.users = users;
        this.masterKey = masterKey;
        this.newKeys = newKeys;
        this.clock = clock;
        this.partition = IamTables.partition(account.id());
        this.pages = new Pages(storage);
        this.keys = new Records<>(storage, Table.IAM_ACCESS_KEYS, new Records.Layout<>(
                _ -> partition, Key::of, key -> IamTables.row(key, masterKey),
                (_, row) -> IamTables.accessKey(row, masterKey)), CACHED_MAX);
    }

    /// Makes a key for a user.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY], or [Refusal#LIMIT_EXCEEDED] if it has as many as one user may have
    public UserAccessKey create(String userName) {
        IamUser user = users.require(userName);
        var key = new UserAccessKey(newKeys.id(NewKeys.IdKind.ACCESS_KEY), user.name(), newKeys.secret(), true,
                Instant.ofEpochMilli(clock.millis()));
        change(userName, key.id(), old -> {
            Limit.USER_ACCESS_KEYS.requireRoomFor(old.accessKeyIds().size(), Refusal.LIMIT_EXCEEDED);
            return old.with(Stream.concat(old.accessKeyIds().stream(), Stream.of(key.id())).toList());
        }, batch -> keys.put(batch, key.id(), key));
        return key;
    }

    /// Changes a user and a key in one batch, and forgets what is remembered of the key, also if the outcome is unknown.
    private void change(String userName, String id, UnaryOperator<IamUser> change, UnaryOperator<Batch> keyChange) {
        try {
            users.change(userName, change, _ -> keyChange.apply(new Batch()));
        } finally {
            keys.forget(id);
        }
    }

    /// The keys of a user, in the order in which they were made.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    public List<UserAccessKey> of(String userName) {
        return users.require(userName).accessKeyIds().stream().map(keys::find).filter(Objects::nonNull).toList();
    }

    /// The keys of all users, in the order of their ids.
    public List<UserAccessKey> all() {
        var all = new ArrayList<UserAccessKey>();
        Pages.forEach(this::page, row -> all.add(IamTables.accessKey(row.value(), masterKey)));
        return all;
    }

    /// The key, whether requests may be signed with it or not; null if there is none.
    public @Nullable UserAccessKey stored(String id) {
        return keys.find(id);
    }

    /// Enables or disables a key, from the next request on.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY] if the user has no such key
    public void setActive(String userName, String id, boolean active) {
        requireOwned(users.require(userName), id);
        keys.change(id, () -> missing(id), key -> key.with(active));
    }

    /// Deletes a key; requests signed with it are refused from now on.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY] if the user has no such key
    public void delete(String userName, String id) {
        change(userName, id, user -> {
            requireOwned(user, id);
            return user.with(user.accessKeyIds().stream().filter(other -> !other.equals(id)).toList());
        }, batch -> keys.remove(batch, id));
    }

    /// The key that requests may be signed with, and its user as policies see it; null if there is none, or it is disabled.
    public @Nullable AccessKey find(String id) {
        UserAccessKey key = keys.find(id);
        IamUser user = key == null || !key.active() ? null : users.find(key.userName());
        return key == null || user == null ? null : new AccessKey(id, key.secret(), principal(user));
    }

    /// The user as policies see it.
    public static Principal principal(IamUser user) {
        return new Principal(Principal.Kind.USER, user.arn(), user.arn(), user.id(), user.name(),
                user.attachments().tags(), user.attachments().policies().values(), null);
    }

    /// Seals with the master key what still lies there as the one before it sealed it.
    public void sealAgain() {
        Pages.forEach(this::page, row -> {
            if (!masterKey.isSealedByThis(IamTables.sealedSecret(row.value()))) {
                String id = row.key().firstText();
                Records.Stored<UserAccessKey> stored = keys.read(id);
                if (stored != null) {
                    keys.replace(id, stored, stored.value());
                }
            }
        });
    }

    private Page<Row> page(byte @Nullable [] cursor) {
        return pages.single(Table.IAM_ACCESS_KEYS, partition, cursor, Pages.SWEEP_ROWS);
    }

    private static void requireOwned(IamUser user, String id) {
        if (!user.accessKeyIds().contains(id)) {
            throw missing(id);
        }
    }

    private static Refused missing(String id) {
        return new Refused(Refusal.NO_SUCH_ENTITY, "The Access Key with id " + id + " cannot be found.");
    }
}
