package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.identity.Bearer;
import bellframe.storage.Batch;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.storage.Key;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Users deleted while somebody gives them a role: they must not keep it for the next user of their id.
class LeaversTest {

    /// A store that does something just before it takes a batch which writes to a certain table.
    private static final class Interrupted implements Storage {
        private final Storage behind = new MemoryStorage();
        private final AtomicReference<@Nullable Runnable> once = new AtomicReference<>();
        private Table table = Table.META;

        void before(Table writtenTo, Runnable happens) {
            table = writtenTo;
            once.set(happens);
        }

        @Override
        public byte @Nullable [] get(Table from, Key partition, Key row) {
            return behind.get(from, partition, row);
        }

        @Override
        public List<Row> scan(Scan scan) {
            return behind.scan(scan);
        }

        @Override
        public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
            if (batch.writes().stream().anyMatch(write -> write.table() == table)) {
                Runnable happens = once.getAndSet(null);
                if (happens != null) {
                    happens.run();
                }
            }
            return behind.submit(batch, committed);
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    private final Interrupted storage = new Interrupted();
    private final World world = new World(storage, new TestClock());
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aMemberOfANewChannelWhoIsDeletedMeanwhileIsNoMember() {
        storage.before(Table.MEMBERS_BY_CHANNEL, () -> world.users.delete(bob.toString()));
        Channel channel = world.channel(alice, bob);
        world.user("bob");
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNull();
    }

    @Test
    void aNewMemberWhoIsDeletedMeanwhileIsNoMember() {
        Channel channel = world.channel(alice);
        var user = world.actors.named(bob.toString(), world.appInstance.arn());
        storage.before(Table.MEMBERS_BY_CHANNEL, () -> world.users.delete(bob.toString()));
        world.memberships.add(channel, alice.arn(), user, Membership.Type.DEFAULT);
        world.user("bob");
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNull();
    }

    @Test
    void whoComesBackDuringItsPurgeKeepsWhatItGetsAfterwards() throws Exception {
        Channel channel = world.channel(alice, bob);
        world.users.delete(bob.toString());
        var comingBack = new Thread(() -> {
            world.user("bob");
            world.memberships.add(channel, alice.arn(), world.actors.named(bob.toString(), world.appInstance.arn()),
                    Membership.Type.DEFAULT);
        });
        storage.before(Table.MEMBERS_BY_CHANNEL, () -> {
            comingBack.start();
            while (!(LockSupport.getBlocker(comingBack) instanceof AbstractOwnableSynchronizer)) {
                Thread.onSpinWait();
            }
        });

        world.users.purge(bob.arn());
        comingBack.join();

        assertThat(world.actors.find(bob.arn())).isNotNull();
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNotNull();
    }

    @Test
    void aNewAdminWhoIsDeletedMeanwhileIsNoAdmin() {
        storage.before(Table.APP_INSTANCE_ADMINS, () -> world.users.delete(bob.toString()));
        world.admins.create(world.appInstance.arn(), bob.toString());
        world.user("bob");
        assertThat(world.admins.isAdmin(bob.arn())).isFalse();
    }
}
