package bellframe.channels;

import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Records;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something kept beside memberships, one record each, which goes when the membership goes.
///
/// @param <V> the record
public final class MemberRecords<V> {

    private static final int CACHED_MAX = 100_000;

    private final Memberships memberships;
    private final Table table;
    private final Records.Layout<Place, V> layout;
    private final Records<Place, V> records;

    private MemberRecords(Storage storage, Memberships memberships, Table table, Records.Layout<Place, V> layout) {
        this.memberships = memberships;
        this.table = table;
        this.layout = layout;
        this.records = new Records<>(storage, table, layout, CACHED_MAX);
        memberships.onChange(records::forget);
    }

    /// Until when members have read.
    public static MemberRecords<Instant> readMarkers(Storage storage, Memberships memberships) {
        return new MemberRecords<>(storage, memberships, Table.READ_MARKERS,
                ChannelTables.READ_MARKERS);
    }

    /// Which push notifications members want.
    public static MemberRecords<MembershipPreferences> preferences(Storage storage, Memberships memberships) {
        return new MemberRecords<>(storage, memberships, Table.MEMBERSHIP_PREFERENCES,
                ChannelTables.PREFERENCES);
    }

    public @Nullable V find(String incarnation, UserArn member) {
        return records.find(new Place(incarnation, member));
    }

    /// Sets the record of a member.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the user is no member any more
    public void put(String incarnation, UserArn member, V value) {
        var place = new Place(incarnation, member);
        Key partition = layout.partition().apply(place);
        Key row = layout.row().apply(place);
        boolean put = false;
        while (!put) {
            Records.Stored<Membership> membership = memberships.read(place);
            if (membership == null) {
                throw new Refused(Refusal.NOT_ALLOWED);
            }
            put = records.commit(place, new Batch()
                    .requireEqual(Table.MEMBERS_BY_CHANNEL, partition, row,
                            membership.row())
                    .put(table, partition, row, layout.write().apply(value)));
        }
    }
}
