package bellframe.iam;

import static bellframe.iam.EntitiesTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.iam.DeleteUserPolicyRequest;
import bellframe.api.iam.DeleteUserRequest;
import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.limits.Limit;
import bellframe.refusals.Refusal;
import bellframe.storage.FaultyStorage;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.AccessWorld;
import bellframe.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserAccessKeysTest {

    private static final String ALL = AccessWorld.allow("*", "*");

    private final TestClock clock = new TestClock();
    private final MemoryStorage rows = new MemoryStorage();
    private final FaultyStorage storage = new FaultyStorage(rows);
    private final AccessWorld world = new AccessWorld(storage, clock);

    @Test
    void aKeyStandsForItsUserUntilItIsDeleted() {
        UserAccessKey key = world.user("alice", ALL);

        assertThat(find(world, key).principal().arn()).isEqualTo("arn:aws:iam::123456789012:user/alice");
        assertThat(find(world, key).secret()).isEqualTo(key.secret());
        world.userKeys.delete("alice", key.id());
        assertThat(world.userKeys.find(key.id())).isNull();
    }

    @Test
    void aDisabledKeyIsNoneUntilItIsEnabledAgain() {
        UserAccessKey key = world.user("alice", ALL);

        world.userKeys.setActive("alice", key.id(), false);
        assertThat(world.userKeys.find(key.id())).isNull();
        world.userKeys.setActive("alice", key.id(), true);
        assertThat(world.userKeys.find(key.id())).isNotNull();
    }

    @Test
    void aUserHasTwoKeysAndNoMore() {
        UserAccessKey first = world.user("alice", ALL);
        UserAccessKey second = world.userKeys.create("ALICE");

        assertThat(world.userKeys.of("alice")).extracting(UserAccessKey::id).containsExactly(first.id(), second.id());
        assertRefused(Refusal.LIMIT_EXCEEDED, () -> world.userKeys.create("alice"));
        assertThat(Limit.USER_ACCESS_KEYS.value()).isEqualTo(2);
        assertThat(keyRows()).hasSize(2);
    }

    @Test
    void nobodyDisposesOfTheKeyOfAnother() {
        UserAccessKey key = world.user("alice", ALL);
        world.user("mallory", ALL);

        assertRefused(Refusal.NO_SUCH_ENTITY, () -> world.userKeys.setActive("mallory", key.id(), false));
        assertRefused(Refusal.NO_SUCH_ENTITY, () -> world.userKeys.delete("mallory", key.id()));
        assertThat(world.userKeys.find(key.id())).isNotNull();
    }

    @Test
    void theStoreHoldsNoSecret() {
        UserAccessKey key = world.user("alice", ALL);

        assertThat(keyRows()).extracting(row -> new String(row.value(), StandardCharsets.ISO_8859_1))
                .noneMatch(row -> row.contains(key.secret()));
    }

    /// Whether the batch was written or not, there is no key without a user that has it, and no user with a key that is
    /// not there.
    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "FAIL_UNWRITTEN", "FAIL_WRITTEN"})
    void aFailureLeavesNoHalfOfAKey(FaultyStorage.Submits failure) {
        UserAccessKey kept = world.user("alice", ALL);

        storage.setSubmits(failure);
        assertThatThrownBy(() -> world.userKeys.create("alice")).isInstanceOf(RuntimeException.class);
        requireWhole();
        assertThatThrownBy(() -> world.userKeys.delete("alice", kept.id())).isInstanceOf(RuntimeException.class);
        requireWhole();
    }

    private void requireWhole() {
        var fresh = new AccessWorld(rows, clock);
        List<String> owned = fresh.users.require("alice").accessKeyIds();
        assertThat(keyRows()).extracting(row -> row.key().firstText()).containsExactlyInAnyOrderElementsOf(owned);
        assertThat(fresh.userKeys.of("alice")).hasSameSizeAs(owned);
    }

    @Test
    void aKeyWhoseDeletionFailedOnlyToSayThatItSucceededIsGone() {
        UserAccessKey key = world.user("alice", ALL);
        assertThat(world.userKeys.find(key.id())).isNotNull();

        storage.setSubmits(FaultyStorage.Submits.FAIL_WRITTEN);
        assertThatThrownBy(() -> world.userKeys.delete("alice", key.id())).isInstanceOf(StorageFailure.class);

        assertThat(world.userKeys.find(key.id())).isNull();
    }

    @Test
    void aUserWithAKeyCannotBeDeleted() {
        UserAccessKey key = world.user("alice", ALL);
        world.userOperations.deletePolicy(world.root(),
                new DeleteUserPolicyRequest("alice", "policy"));
        var deletion = new DeleteUserRequest("alice");

        assertRefused(Refusal.DELETE_CONFLICT, () -> world.userOperations.delete(world.root(), deletion));
        world.userKeys.delete("alice", key.id());
        world.userOperations.delete(world.root(), deletion);
    }

    @Test
    void secretsAreSealedAgainOnceAndAreTheSame() {
        MasterKey first = AccessWorld.masterKey(1, null);
        UserAccessKey key = world.user("alice", ALL);
        UserAccessKey disabled = world.userKeys.create("alice");
        world.userKeys.setActive("alice", disabled.id(), false);
        MasterKey second = AccessWorld.masterKey(2, first);

        new AccessWorld(rows, clock, second).userKeys.sealAgain();
        List<byte[]> sealed = values();
        new AccessWorld(rows, clock, second).userKeys.sealAgain();

        assertThat(values()).usingElementComparator(Arrays::compare).containsExactlyElementsOf(sealed);
        var withoutPrevious = new AccessWorld(rows, clock, AccessWorld.masterKey(2, null));
        assertThat(find(withoutPrevious, key).secret()).isEqualTo(key.secret());
        assertThat(withoutPrevious.userKeys.find(disabled.id())).as("still disabled").isNull();
    }

    private List<byte[]> values() {
        return keyRows().stream().map(Row::value).toList();
    }

    private List<Row> keyRows() {
        return rows
                .scan(Scan.ascending(Table.IAM_ACCESS_KEYS, IamTables.partition(AccessWorld.ACCOUNT.id()), null, 100));
    }

    private static AccessKey find(AccessWorld world, UserAccessKey key) {
        return Objects.requireNonNull(world.userKeys.find(key.id()));
    }
}
