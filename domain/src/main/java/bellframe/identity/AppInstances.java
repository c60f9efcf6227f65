package bellframe.identity;

import bellframe.idempotency.Fingerprint;
import bellframe.idempotency.RequestTokens;
import bellframe.limits.Limit;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.purges.Purge;
import bellframe.purges.Purges;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowWriter;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes app instances.
public final class AppInstances {

    private static final int CACHED_MAX = 1_000;

    private final Account account;
    private final Storage storage;
    private final Pages pages;
    private final Tags tags;
    private final RequestTokens tokens;
    private final Purges purges;
    private final InstantSource clock;
    private final List<Consumer<AppInstanceArn>> deletionListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<AppInstanceArn>> purgeListeners = new CopyOnWriteArrayList<>();
    private final Records<AppInstanceArn, AppInstance> appInstances;

    public AppInstances(Account account, Storage storage, Tags tags, RequestTokens tokens, Purges purges,
            InstantSource clock) {
        this.account = account;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.tags = tags;
        this.tokens = tokens;
        this.purges = purges;
        this.clock = clock;
        this.appInstances = new Records<>(storage, Table.APP_INSTANCES, IdentityTables.APP_INSTANCES, CACHED_MAX);
    }

    /// The listener hears of every deletion, on the thread that deletes, after the fact is durable.
    public void onDeletion(Consumer<AppInstanceArn> listener) {
        deletionListeners.add(listener);
    }

    /// The listener removes what belongs to an app instance that is gone, on a purging thread; it may be called again for
    /// the same one after a crash.
    public void onPurge(Consumer<AppInstanceArn> removal) {
        purgeListeners.add(removal);
    }

    /// Creates an app instance, once per token.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] or [Refusal#CONFLICT]
    public AppInstance create(String name, @Nullable String metadata, Map<String, String> tags, String principalArn,
            String token) {
        var parameters = new RowWriter(1).text(name).optional(metadata, RowWriter::text);
        Tags.write(parameters, tags);
        RequestTokens.Claim claim = tokens.claim("CreateAppInstance", principalArn, token,
                Fingerprint.of(parameters), UUID.randomUUID().toString());
        var arn = new AppInstanceArn(account, claim.plan());
        if (find(arn) == null) {
            claim.requireNotDone("The app instance");
        }
        AppInstance created = create(arn, name, metadata, tags);
        this.tokens.done(claim);
        return created;
    }

    /// Creates the app instance of this ARN unless it is there already.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if it was deleted just now, [Refusal#NOT_FOUND]
    public AppInstance create(AppInstanceArn arn, String name, @Nullable String metadata,
            Map<String, String> newTags) {
        AppInstance existing = find(arn);
        if (existing != null) {
            return existing;
        }
        Limit.APP_INSTANCES.requireRoomFor(count());
        if (!newTags.isEmpty()) {
            tags.add(arn.toString(), newTags);
        }
        Instant now = now();
        var appInstance = new AppInstance(arn, name, metadata, now, now);
        return appInstances.insert(arn, appInstance) ? appInstance : require(arn);
    }

    public @Nullable AppInstance find(AppInstanceArn arn) {
        return appInstances.find(arn);
    }

    /// The app instance of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if there is no such app instance
    public AppInstance require(AppInstanceArn arn) {
        AppInstance appInstance = find(arn);
        if (appInstance == null) {
            throw absent();
        }
        return appInstance;
    }

    /// The app instance of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text is no app instance's ARN or there is no such app instance
    public AppInstance require(String arn) {
        return require(AppInstanceArn.parse(arn).orElseThrow(AppInstances::absent));
    }

    public Page<AppInstance> list(byte @Nullable [] cursor, int limit) {
        return pages.single(Table.APP_INSTANCES, IdentityTables.appInstances(account), cursor, limit)
                .map(row -> IdentityTables.appInstance(account, row.value()));
    }

    /// Replaces name and metadata; null leaves the metadata as it is.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public AppInstance update(AppInstanceArn arn, String name, @Nullable String metadata) {
        return appInstances.change(arn, AppInstances::absent, old -> old.changed(name, metadata, now()));
    }

    /// Deletes the app instance: from now on nothing in it can be reached.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public void delete(AppInstanceArn arn) {
        require(arn);
        var purge = new Purge(Purge.Kind.APP_INSTANCE, arn.toString(), "");
        purges.plan(purge);
        try {
            appInstances.remove(arn);
        } finally {
            purges.begin(purge);
        }
        deletionListeners.forEach(listener -> listener.accept(arn));
    }

    /// Whether there is no such app instance.
    public boolean isGone(AppInstanceArn arn) {
        return appInstances.read(arn) == null;
    }

    /// Removes the rows of an app instance that is gone.
    public void purge(AppInstanceArn arn) {
        purgeListeners.forEach(removal -> removal.accept(arn));
        tags.removeAll(arn.toString());
    }

    private int count() {
        var all = Scan.ascending(Table.APP_INSTANCES, IdentityTables.appInstances(account), null,
                Limit.APP_INSTANCES.value());
        return storage.scan(all).size();
    }

    private static Refused absent() {
        return new Refused(Refusal.NOT_FOUND, "The app instance does not exist.");
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
