package bellframe.expiration;

import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Everything that has an expiration, with a time before which nobody needs to look at it.
///
/// That time is only a hint: the thing itself knows whether and when it expires. The hint is written before the setting
/// it follows from, and never later than what was or becomes true, so a crash in between makes somebody look too early.
public final class Expirations {

    private static final int VERSION = 1;

    /// Something that may be due.
    public record Candidate(String arn, String incarnation) {
    }

    private final Storage storage;
    private final Pages pages;

    public Expirations(Storage storage) {
        this.storage = storage;
        this.pages = new Pages(storage);
    }

    /// Notes that nobody needs to look before a time.
    public void note(Candidate candidate, Instant notBefore) {
        storage.commit(new Batch().put(Table.EXPIRATIONS, partition(candidate), key(candidate),
                new RowWriter(VERSION).text(candidate.arn())
                        .text(candidate.incarnation())
                        .time(notBefore)
                        .toBytes()));
    }

    /// Notes that nobody needs to look at all.
    public void forget(Candidate candidate) {
        storage.commit(new Batch().delete(Table.EXPIRATIONS, partition(candidate), key(candidate)));
    }

    /// What may be due; a page may be short where the rest has time.
    public Page<Candidate> due(Instant now, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.EXPIRATIONS, Expirations::partition, cursor, limit).map(row -> {
            var reader = new RowReader(row.value(), VERSION);
            var candidate = new Candidate(reader.text(), reader.text());
            return reader.time().isAfter(now) ? null : candidate;
        });
    }

    private static Key partition(Candidate candidate) {
        return partition(Pages.shardOf(candidate.arn()));
    }

    private static Key partition(int shard) {
        return Key.builder().text("expirations").number8(shard).build();
    }

    private static Key key(Candidate candidate) {
        return Key.of(candidate.arn(), candidate.incarnation());
    }
}
