package bellframe.purges;

import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The purges that are to be done, durable before what they purge is deleted: a crash at any point leaves either the
/// thing whole, or a purge that the next start finds.
public final class Purges {

    private static final int VERSION = 1;
    private static final int READ_ROWS = 500;
    private static final Key PARTITION = Key.of("purges");

    private final Storage storage;
    private final Pages pages;
    private final List<Consumer<Purge>> listeners = new CopyOnWriteArrayList<>();

    public Purges(Storage storage) {
        this.storage = storage;
        this.pages = new Pages(storage);
    }

    /// The listener hears of every deletion after the fact, on the thread that deletes, and must be short.
    public void onBegin(Consumer<Purge> listener) {
        listeners.add(listener);
    }

    /// Call it before deleting.
    public void plan(Purge purge) {
        storage.commit(new Batch().put(Table.PURGES, PARTITION, key(purge),
                new RowWriter(VERSION).name(purge.kind()).text(purge.arn()).text(purge.incarnation()).toBytes()));
    }

    /// Call it after deleting, also if the outcome is unknown.
    public void begin(Purge purge) {
        listeners.forEach(listener -> listener.accept(purge));
    }

    /// Everything planned that is not done.
    public List<Purge> planned() {
        var planned = new ArrayList<Purge>();
        byte[] cursor = null;
        do {
            Page<Purge> page = pages.single(Table.PURGES, PARTITION, cursor, READ_ROWS).map(row -> {
                var reader = new RowReader(row.value(), VERSION);
                return new Purge(reader.name(Purge.Kind.class), reader.text(), reader.text());
            });
            planned.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return planned;
    }

    /// The purge is done, or there is nothing to purge.
    public void done(Purge purge) {
        storage.commit(new Batch().delete(Table.PURGES, PARTITION, key(purge)));
    }

    private static Key key(Purge purge) {
        return Key.of(purge.kind().name(), purge.arn(), purge.incarnation());
    }
}
