package bellframe.idempotency;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Pages;
import bellframe.rows.Partitions;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.rows.StripedLocks;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers what a create operation set out to create under a client request token.
///
/// The plan is kept before anything is created, so that a retry, also one after a crash half-way, carries out the same
/// plan to its end instead of a second one. Once it is done the token says so: a retry that comes after what it created
/// was deleted must not bring it back.
///
/// Tokens are kept by time: those of the newest bucket and of the one before are looked at, older ones are swept. A clock
/// that steps back keeps using the newest bucket, so it never hides a token.
public final class RequestTokens {

    /// How much time one bucket covers; a token is remembered for at least this long.
    public static final Duration BUCKET = Duration.ofHours(6);

    private static final int ROW_VERSION = 1;
    private static final int SWEEP_ROWS = 500;
    private static final long NONE = -1;
    private static final byte[] BUCKET_ROW = {1};
    private static final Key BUCKETS = Key.of("request-tokens");

    /// A token in use.
    ///
    /// @param plan the ids to create: the caller's at first sight of the token, the earlier ones on a retry
    /// @param done whether an earlier call carried the plan out
    public record Claim(String plan, boolean done, Place place, byte[] fingerprint) {

        /// Checks, where what the plan creates is not there, that it was not created and deleted before.
        ///
        /// @param what was planned, for the message
        /// @throws Refused with [Refusal#CONFLICT] if the plan has been carried out
        public void requireNotDone(String what) {
            if (done) {
                throw new Refused(Refusal.CONFLICT, what + " that the ClientRequestToken created was deleted.");
            }
        }
    }

    /// Where a token's row lies.
    record Place(long bucket, Key row) {

        private Key partition() {
            return RequestTokens.partition(bucket, Pages.shardOf(row.toString()));
        }
    }

    /// The two newest buckets that hold tokens, or [#NONE].
    private record Buckets(long newest, long before) {
    }

    private final Storage storage;
    private final InstantSource clock;
    private final StripedLocks claims = new StripedLocks();
    private final Lock bucketsLock = new ReentrantLock();
    private @Nullable Buckets buckets;

    public RequestTokens(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /// Reserves a token for a plan.
    ///
    /// @param scope the operation and whatever else, beside the caller, a token belongs to
    /// @param caller the bearer or the principal
    /// @param fingerprint of the request's parameters
    /// @param plan the ids that would be created
    /// @throws Refused with [Refusal#CONFLICT] if the token came with other parameters before
    public Claim claim(String scope, String caller, String token, byte[] fingerprint, String plan) {
        Key row = Key.of(scope, caller, token);
        Lock lock = claims.of(row.toString());
        lock.lock();
        try {
            Buckets current = current();
            Claim earlier = find(new Place(current.newest(), row));
            if (earlier == null && current.before() != NONE) {
                earlier = find(new Place(current.before(), row));
            }
            return earlier == null
                    ? write(new Claim(plan, false, new Place(current.newest(), row), fingerprint))
                    : same(earlier, fingerprint);
        } finally {
            lock.unlock();
        }
    }

    /// Notes that the plan has been carried out; does not wait for the disk, since whatever follows is written later.
    /// Should the note be lost, a retry carries the plan out once more, as after a crash.
    public void done(Claim claim) {
        if (!claim.done()) {
            var done = new Claim(claim.plan(), true, claim.place(), claim.fingerprint());
            var _ = storage.submit(put(done), () -> {
            });
        }
    }

    /// Removes the tokens that nobody looks for any more.
    public void sweep() {
        long keptFrom = current().before();
        for (Row row : storage.scan(Scan.ascending(Table.REQUEST_TOKEN_BUCKETS, BUCKETS, null, SWEEP_ROWS))) {
            long bucket = ByteBuffer.wrap(row.key().bytes()).getLong();
            if (keptFrom == NONE || bucket >= keptFrom) {
                return;
            }
            for (int shard = 0; shard < Pages.SHARDS; shard++) {
                Partitions.empty(storage, Table.REQUEST_TOKENS, partition(bucket, shard));
            }
            storage.commit(new Batch().delete(Table.REQUEST_TOKEN_BUCKETS, BUCKETS, row.key()));
        }
    }

    private Claim write(Claim claim) {
        storage.commit(put(claim));
        return claim;
    }

    private static Batch put(Claim claim) {
        return new Batch().put(Table.REQUEST_TOKENS, claim.place().partition(), claim.place().row(),
                new RowWriter(ROW_VERSION).bytes(claim.fingerprint()).text(claim.plan()).flag(claim.done()).toBytes());
    }

    private @Nullable Claim find(Place place) {
        byte[] row = storage.get(Table.REQUEST_TOKENS, place.partition(), place.row());
        if (row == null) {
            return null;
        }
        var reader = new RowReader(row, ROW_VERSION);
        byte[] fingerprint = reader.bytes();
        return new Claim(reader.text(), reader.flag(), place, fingerprint);
    }

    private static Claim same(Claim earlier, byte[] fingerprint) {
        if (!Arrays.equals(earlier.fingerprint(), fingerprint)) {
            throw new Refused(Refusal.CONFLICT, "The ClientRequestToken was used with other parameters.");
        }
        return earlier;
    }

    /// The buckets to look into, of which the newest is recorded and is that of the clock or a later one.
    private Buckets current() {
        bucketsLock.lock();
        try {
            Buckets known = buckets == null ? load() : buckets;
            long now = Math.max(0, clock.millis() / BUCKET.toMillis());
            if (now > known.newest()) {
                storage.commit(new Batch().put(Table.REQUEST_TOKEN_BUCKETS, BUCKETS, bucketKey(now), BUCKET_ROW));
                known = new Buckets(now, known.newest());
            }
            buckets = known;
            return known;
        } finally {
            bucketsLock.unlock();
        }
    }

    private Buckets load() {
        List<Row> newest = storage.scan(Scan.descending(Table.REQUEST_TOKEN_BUCKETS, BUCKETS, null, 2));
        return new Buckets(bucket(newest, 0), bucket(newest, 1));
    }

    private static long bucket(List<Row> rows, int index) {
        return index < rows.size() ? ByteBuffer.wrap(rows.get(index).key().bytes()).getLong() : NONE;
    }

    private static Key partition(long bucket, int shard) {
        return Key.builder().number64(bucket).number8(shard).build();
    }

    private static Key bucketKey(long bucket) {
        return Key.builder().number64(bucket).build();
    }
}
