package bellframe.iam;

import bellframe.limits.Limit;
import bellframe.names.Account;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Everything that IAM keeps of one kind, by name.
///
/// @param <T> the kind
public final class Entities<T extends Entity> {

    private static final int CACHED_MAX = 10_000;

    private final String noun;
    private final Storage storage;
    private final Table table;
    private final Key partition;
    private final Limit limit;
    private final Function<byte[], T> read;
    private final Pages pages;
    private final Records<String, T> records;
    /// Held while one is created, so that there are never more than may be.
    private final Lock creation = new ReentrantLock();

    private Entities(String noun, Account account, Storage storage, Table table, Limit limit,
            Function<T, byte[]> write, Function<byte[], T> read) {
        this.noun = noun;
        this.storage = storage;
        this.table = table;
        this.partition = IamTables.partition(account.id());
        this.limit = limit;
        this.read = read;
        this.pages = new Pages(storage);
        this.records = new Records<>(storage, table, new Records.Layout<>(
                _ -> partition, IamTables::named, write, (_, row) -> read.apply(row)), CACHED_MAX);
    }

    public static Entities<IamUser> users(Account account, Storage storage) {
        return new Entities<>("user", account, storage, Table.IAM_USERS, Limit.IAM_USERS, IamTables::row,
                IamTables::user);
    }

    public static Entities<IamRole> roles(Account account, Storage storage) {
        return new Entities<>("role", account, storage, Table.IAM_ROLES, Limit.IAM_ROLES, IamTables::row,
                IamTables::role);
    }

    public static Entities<IdentityProvider> identityProviders(Account account, Storage storage) {
        return new Entities<>("identity provider", account, storage, Table.IDENTITY_PROVIDERS,
                Limit.IDENTITY_PROVIDERS, IamTables::row, IamTables::provider);
    }

    public @Nullable T find(String name) {
        return records.find(IamTables.foldCase(name));
    }

    /// The entity of this name.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    public T require(String name) {
        T found = find(name);
        if (found == null) {
            throw missing(name);
        }
        return found;
    }

    /// Adds an entity.
    ///
    /// @throws Refused with [Refusal#ENTITY_ALREADY_EXISTS] or [Refusal#LIMIT_EXCEEDED]
    public void add(T entity) {
        creation.lock();
        try {
            limit.requireRoomFor(count(), Refusal.LIMIT_EXCEEDED);
            if (!records.insert(IamTables.foldCase(entity.name()), entity)) {
                throw new Refused(Refusal.ENTITY_ALREADY_EXISTS,
                        "The " + noun + " with name " + entity.name() + " exists already.");
            }
        } finally {
            creation.unlock();
        }
    }

    /// Changes an entity as if nobody else changed it meanwhile.
    ///
    /// @param change may refuse
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    public T change(String name, UnaryOperator<T> change) {
        return records.change(IamTables.foldCase(name), () -> missing(name), change);
    }

    /// Changes an entity and, in the same batch, other rows of the account.
    ///
    /// @param change may refuse
    /// @param others adds the other rows, for the entity as it was
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    T change(String name, UnaryOperator<T> change, Function<T, Batch> others) {
        String key = IamTables.foldCase(name);
        while (true) {
            Records.Stored<T> old = records.read(key);
            if (old == null) {
                throw missing(name);
            }
            T changed = change.apply(old.value());
            Batch batch = others.apply(old.value()).requireEqual(table, partition, IamTables.named(name), old.row());
            if (records.commit(key, records.put(batch, key, changed))) {
                return changed;
            }
        }
    }

    /// Removes an entity.
    ///
    /// @param check may refuse
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    public void remove(String name, Consumer<T> check) {
        String key = IamTables.foldCase(name);
        while (true) {
            Records.Stored<T> old = records.read(key);
            if (old == null) {
                throw missing(name);
            }
            check.accept(old.value());
            if (records.remove(key, old)) {
                return;
            }
        }
    }

    /// A page of all of them, in the order of their names.
    public Page<T> list(byte @Nullable [] cursor, int items) {
        return pages.single(table, partition, cursor, items).map(row -> read.apply(row.value()));
    }

    private int count() {
        return storage.scan(Scan.ascending(table, partition, null, limit.value())).size();
    }

    private Refused missing(String name) {
        return new Refused(Refusal.NO_SUCH_ENTITY, "The " + noun + " with name " + name + " cannot be found.");
    }
}
