package bellframe.identity;

import bellframe.idempotency.Fingerprint;
import bellframe.idempotency.RequestTokens;
import bellframe.limits.Limit;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Scan;
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
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes app instances.
public final class AppInstances {

    private static final int CACHED_MAX = 1_000;
    private static final byte[] DELETED_ROW = {1};

    private final Account account;
    private final Storage storage;
    private final Pages pages;
    private final RequestTokens tokens;
    private final InstantSource clock;
    private final List<DeletionListener> deletionListeners = new CopyOnWriteArrayList<>();
    private final Cache<AppInstanceArn, Optional<AppInstance>> cache = Caffeine.newBuilder()
            .maximumSize(CACHED_MAX)
            .build();

    public AppInstances(Account account, Storage storage, InstantSource clock) {
        this.account = account;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.tokens = new RequestTokens(storage);
        this.clock = clock;
    }

    public void onDeletion(DeletionListener listener) {
        deletionListeners.add(listener);
    }

    /// Creates an app instance, once per token.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] or [Refusal#CONFLICT]
    public AppInstance create(String name, @Nullable String metadata, Map<String, String> tags, String principalArn,
            String token) {
        byte[] fingerprint = Fingerprint.of(new RowWriter(1).text(name)
                .optional(metadata, RowWriter::text)
                .list(tags.entrySet(), (writer, tag) -> writer.text(tag.getKey()).text(tag.getValue())));
        String id = tokens.claim("CreateAppInstance", principalArn, token, fingerprint, UUID.randomUUID().toString());
        return create(new AppInstanceArn(account, id), name, metadata, tags);
    }

    /// Creates the app instance of this ARN unless it is there already.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if it was deleted, [Refusal#CONFLICT]
    public AppInstance create(AppInstanceArn arn, String name, @Nullable String metadata, Map<String, String> tags) {
        AppInstance existing = find(arn);
        if (existing != null) {
            return existing;
        }
        Limit.APP_INSTANCES.requireRoomFor(count());
        if (!tags.isEmpty()) {
            var tagging = new Batch();
            Tags.record(tagging, arn.toString(), tags);
            storage.commit(tagging);
        }
        Instant now = now();
        var appInstance = new AppInstance(arn, name, metadata, now, now);
        Key partition = IdentityTables.appInstances(account);
        Key row = IdentityTables.appInstance(arn);
        boolean created = commit(arn, new Batch().requireAbsent(Table.APP_INSTANCES, partition, row)
                .requireAbsent(Table.DELETED_APP_INSTANCES, partition, row)
                .put(Table.APP_INSTANCES, partition, row, IdentityTables.row(appInstance)));
        return created ? appInstance : existingOrDeleted(arn);
    }

    /// A retry may come after the deletion of what it first created, and must not bring that back with all it held.
    private AppInstance existingOrDeleted(AppInstanceArn arn) {
        AppInstance existing = find(arn);
        if (existing == null) {
            throw new Refused(Refusal.CONFLICT, "The app instance that the ClientRequestToken created was deleted.");
        }
        return existing;
    }

    public @Nullable AppInstance find(AppInstanceArn arn) {
        return cache.get(arn, this::load).orElse(null);
    }

    /// The app instance of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if there is no such app instance
    public AppInstance require(AppInstanceArn arn) {
        AppInstance appInstance = find(arn);
        if (appInstance == null) {
            throw new Refused(Refusal.NOT_FOUND, "The app instance does not exist.");
        }
        return appInstance;
    }

    /// The app instance of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text is no app instance's ARN or there is no such app instance
    public AppInstance require(String arn) {
        return require(AppInstanceArn.parse(arn)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "The app instance does not exist.")));
    }

    public Page<AppInstance> list(byte @Nullable [] cursor, int limit) {
        return pages.single(Table.APP_INSTANCES, IdentityTables.appInstances(account), cursor, limit)
                .map(row -> IdentityTables.appInstance(account, row.value()));
    }

    /// Replaces name and metadata; null leaves the metadata as it is.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstance update(AppInstanceArn arn, String name, @Nullable String metadata) {
        Key partition = IdentityTables.appInstances(arn.account());
        Key row = IdentityTables.appInstance(arn);
        while (true) {
            byte[] before = storage.get(Table.APP_INSTANCES, partition, row);
            if (before == null) {
                throw new Refused(Refusal.NOT_FOUND, "The app instance does not exist.");
            }
            var old = IdentityTables.appInstance(arn.account(), before);
            var changed = old.changed(name, metadata, now());
            boolean committed = commit(arn, new Batch().requireEqual(Table.APP_INSTANCES, partition, row, before)
                    .put(Table.APP_INSTANCES, partition, row, IdentityTables.row(changed)));
            if (committed) {
                return changed;
            }
        }
    }

    /// Deletes the app instance: from now on nothing in it can be reached.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(AppInstanceArn arn) {
        require(arn);
        Key partition = IdentityTables.appInstances(arn.account());
        Key row = IdentityTables.appInstance(arn);
        commit(arn, new Batch().delete(Table.APP_INSTANCES, partition, row)
                .put(Table.DELETED_APP_INSTANCES, partition, row, DELETED_ROW));
        deletionListeners.forEach(listener -> listener.appInstanceDeleted(arn));
    }

    private int count() {
        var all = Scan.ascending(Table.APP_INSTANCES, IdentityTables.appInstances(account), null,
                Limit.APP_INSTANCES.value());
        return storage.scan(all).size();
    }

    /// Commits a change and forgets what is remembered of it, also if its outcome is unknown.
    private boolean commit(AppInstanceArn changed, Batch batch) {
        try {
            return storage.commit(batch);
        } finally {
            cache.invalidate(changed);
        }
    }

    private Optional<AppInstance> load(AppInstanceArn arn) {
        byte[] row = storage.get(Table.APP_INSTANCES, IdentityTables.appInstances(arn.account()),
                IdentityTables.appInstance(arn));
        return row == null ? Optional.empty() : Optional.of(IdentityTables.appInstance(arn.account(), row));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
