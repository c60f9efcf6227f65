package bellframe.channels;

import bellframe.expiration.Expiration;
import bellframe.identity.AppInstance;
import bellframe.identity.Bearer;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Measures what a page of 50 costs in small and in large lists: channels and users of an app instance, channels of a user.
///
/// Not a test: `docs/decisions/0008-lists.md` has the command and the figures.
final class PagingMeasurement {

    private static final int PAGE = 50;
    private static final int SMALL = 500;
    private static final int CHANNELS = 1_000_000;
    private static final int USERS = 100_000;
    private static final int MEMBERSHIPS = 20_000;
    private static final int ROWS_PER_BATCH = 1_000;
    private static final int PAGES_MEASURED = 2_000;
    private static final int PAGES_BEFORE = 200;

    private final World world;
    private final PrintStream out;

    private PagingMeasurement(World world, PrintStream out) {
        this.world = world;
        this.out = out;
    }

    /// Takes the folder of a store to make.
    static void main(String[] args) {
        try (var storage = RocksDbStorage.open(RocksDbOptions.of(Path.of(args[0])));
                var world = new World(storage, new TestClock())) {
            new PagingMeasurement(world, System.out).measure();
        }
    }

    private void measure() {
        AppInstance small = world.appInstance;
        AppInstance large = world.appInstances.create("large", null, Map.of(), "root", "token-of-the-large-one");
        Bearer inFew = user(small, "in-few");
        Bearer inMany = user(large, "in-many");
        fill(small.arn(), inFew, SMALL, SMALL);
        fill(large.arn(), inMany, CHANNELS, MEMBERSHIPS);
        fillUsers(small.arn(), SMALL);
        fillUsers(large.arn(), USERS);

        // Twice: the first run warms the code up.
        for (int run = 0; run < 2; run++) {
            compare("channels", cursor -> world.channels.list(small.arn(), Channel.Privacy.PUBLIC, cursor, PAGE),
                    cursor -> world.channels.list(large.arn(), Channel.Privacy.PUBLIC, cursor, PAGE), CHANNELS);
            compare("users", cursor -> world.users.list(small.arn(), cursor, PAGE),
                    cursor -> world.users.list(large.arn(), cursor, PAGE), USERS);
            compare("memberships", cursor -> memberships(inFew.arn(), cursor),
                    cursor -> memberships(inMany.arn(), cursor), MEMBERSHIPS);
        }
    }

    /// What ListChannelMembershipsForAppInstanceUser reads.
    private Page<?> memberships(UserArn user, byte @Nullable [] cursor) {
        return world.memberships.channelsOf(user, cursor, PAGE).map(reference -> {
            Channel channel = world.channels.find(reference);
            return channel == null || world.memberships.find(reference.incarnation(), user) == null
                    ? null
                    : world.channels.snapshot(channel, user);
        });
    }

    private interface PageList {
        Page<?> page(byte @Nullable [] cursor);
    }

    private void compare(String what, PageList small, PageList large, int rows) {
        double smallMicros = microsPerPage(small);
        double largeMicros = microsPerPage(large);
        out.printf("%s: %.0f µs a page of %d, %.0f µs a page of %,d, ratio %.2f%n", what, smallMicros, SMALL,
                largeMicros, rows, largeMicros / smallMicros);
    }

    /// Over the same pages again and again, as many as the small lists have: what is read from memory is the same in both.
    private static double microsPerPage(PageList list) {
        byte[] from = cursorIn(list);
        byte[] cursor = from;
        long began = System.nanoTime();
        for (int i = 0; i < PAGES_MEASURED; i++) {
            byte[] next = list.page(cursor).next();
            cursor = next == null || i % (SMALL / PAGE) == SMALL / PAGE - 1 ? from : next;
        }
        return (System.nanoTime() - began) / 1_000.0 / PAGES_MEASURED;
    }

    /// Somewhere in the list, if it is long.
    private static byte @Nullable [] cursorIn(PageList list) {
        byte[] cursor = null;
        for (int i = 0; i < PAGES_BEFORE; i++) {
            cursor = list.page(cursor).next();
            if (cursor == null) {
                return null;
            }
        }
        return cursor;
    }

    private Bearer user(AppInstance appInstance, String id) {
        return world.actors.bearer(
                world.users.create(appInstance.arn(), id, id, null, (Expiration) null, Map.of()).arn().toString());
    }

    /// Writes channels, of which the member belongs to the first ones, as creations would.
    private void fill(AppInstanceArn appInstance, Bearer member, int channels, int memberships) {
        var batch = new Batch();
        Instant now = world.clock.instant();
        for (int i = 0; i < channels; i++) {
            var arn = new ChannelArn(appInstance, "channel-" + i);
            var channel = new Channel(arn, appInstance.id() + i, "a channel", Channel.Mode.RESTRICTED,
                    Channel.Privacy.PUBLIC, null, null, null, member.arn(), now, now, false, null);
            batch.put(Table.CHANNELS, ChannelTables.channel(arn), Key.EMPTY, ChannelTables.row(channel));
            batch.put(Table.CHANNELS_BY_APP_INSTANCE, ChannelTables.listing(arn, channel.privacy()),
                    ChannelTables.listed(channel.reference()),
                    new RowWriter(1).text(arn.channelId()).text(channel.incarnation()).toBytes());
            if (i < memberships) {
                world.memberships.record(batch, channel,
                        new Membership(member.arn(), Membership.Type.DEFAULT, member.arn(), now));
            }
            if (i % ROWS_PER_BATCH == 0 || i == channels - 1) {
                world.storage.commit(batch);
                batch = new Batch();
            }
        }
    }

    private void fillUsers(AppInstanceArn appInstance, int users) {
        try (var threads = Executors.newFixedThreadPool(2 * Pages.SHARDS)) {
            for (int i = 0; i < users - 1; i++) {
                String id = "user-" + i;
                threads.execute(() -> world.users.create(appInstance, id, id, null, null, Map.of()));
            }
        }
    }
}
