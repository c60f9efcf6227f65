package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.identity.Bearer;
import bellframe.storage.FaultyStorage;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A write that failed may have happened: what is remembered must not say otherwise.
class UnknownOutcomesTest {

    private final FaultyStorage storage = new FaultyStorage(new MemoryStorage());
    private final World world = new World(storage, new TestClock());
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Channel channel = world.channel(alice, bob);

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aMemberWhoMayHaveBeenRemovedIsLookedUpAgain() {
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNotNull();
        failsAlthoughWritten(Table.MEMBERS_BY_CHANNEL, () -> world.memberships
                .remove(new MemberChannel(channel.arn(), channel.incarnation()), bob.arn()));
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNull();
    }

    @Test
    void aChannelThatMayHaveBeenDeletedIsLookedUpAgain() {
        assertThat(world.channels.find(channel.arn())).isNotNull();
        failsAlthoughWritten(Table.CHANNELS, () -> world.channels.delete(channel));
        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void anAdminWhoMayHaveBeenDemotedIsLookedUpAgain() {
        world.admins.create(world.appInstance.arn(), bob.toString());
        assertThat(world.admins.isAdmin(bob.arn())).isTrue();
        failsAlthoughWritten(Table.APP_INSTANCE_ADMINS, () -> world.admins.delete(bob.arn()));
        assertThat(world.admins.isAdmin(bob.arn())).isFalse();
    }

    @Test
    void aUserWhoMayHaveBeenDeletedIsLookedUpAgain() {
        failsAlthoughWritten(Table.APP_INSTANCE_USERS, () -> world.users.delete(bob.toString()));
        assertThat(world.users.find(bob.arn())).isNull();
    }

    @Test
    void anAppInstanceThatMayHaveBeenDeletedIsLookedUpAgain() {
        failsAlthoughWritten(Table.APP_INSTANCES, () -> world.appInstances.delete(world.appInstance.arn()));
        assertThat(world.appInstances.find(world.appInstance.arn())).isNull();
    }

    private void failsAlthoughWritten(Table table, ThrowingCallable call) {
        storage.setSubmits(FaultyStorage.Submits.FAIL_WRITTEN, table);
        assertThatExceptionOfType(StorageFailure.class).isThrownBy(call);
        storage.setSubmits(FaultyStorage.Submits.PASS);
    }
}
