package bellframe.identity;

import bellframe.names.AppInstanceArn;
import bellframe.rows.Records;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Keeps how long the messages of each app instance are kept.
public final class RetentionSettings {

    private static final int CACHED_MAX = 1_000;

    private final AppInstances appInstances;
    private final InstantSource clock;
    private final Records<AppInstanceArn, Retention> settings;

    public RetentionSettings(AppInstances appInstances, Storage storage, InstantSource clock) {
        this.appInstances = appInstances;
        this.clock = clock;
        this.settings = new Records<>(storage, Table.RETENTION_SETTINGS, IdentityTables.RETENTIONS, CACHED_MAX);
    }

    /// The setting; null if messages are kept for good.
    public @Nullable Retention find(AppInstanceArn appInstance) {
        return settings.find(appInstance);
    }

    /// The oldest time a message can be from and still be shown; null if every message is.
    public @Nullable Instant horizon(AppInstanceArn appInstance) {
        Retention retention = find(appInstance);
        return retention == null ? null : retention.horizon(clock.instant());
    }

    /// Sets how long messages are kept. Removal begins anew after the grace period if the time is set or shortened, and
    /// as before if it is extended.
    ///
    /// @param days null for keeping them for good
    public @Nullable Retention put(AppInstanceArn appInstance, @Nullable Integer days) {
        while (true) {
            Records.Stored<Retention> old = settings.read(appInstance);
            Retention changed = days == null ? null : changed(old == null ? null : old.value(), days);
            if (write(appInstance, old, changed)) {
                // An app instance deleted meanwhile may have been purged without this setting.
                if (appInstances.find(appInstance) == null) {
                    remove(appInstance);
                }
                return changed;
            }
        }
    }

    public void remove(AppInstanceArn appInstance) {
        settings.remove(appInstance);
    }

    private boolean write(AppInstanceArn appInstance, Records.@Nullable Stored<Retention> old,
            @Nullable Retention changed) {
        if (old == null) {
            return changed == null || settings.insert(appInstance, changed);
        }
        return changed == null ? settings.remove(appInstance, old) : settings.replace(appInstance, old, changed);
    }

    private Retention changed(@Nullable Retention old, int days) {
        return old != null && days >= old.days()
                ? new Retention(days, old.deletionBegins())
                : new Retention(days, Instant.ofEpochMilli(clock.millis()).plus(Retention.GRACE));
    }
}
