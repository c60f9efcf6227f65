package bellframe.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.limits.Limit;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.AccessWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EntitiesTest {

    private final MemoryStorage storage = new MemoryStorage();
    private final Entities<IamUser> users = Entities.users(AccessWorld.ACCOUNT, storage);
    private final Entities<IdentityProvider> providers = Entities.identityProviders(AccessWorld.ACCOUNT, storage);

    private static IamUser user(String name) {
        return new IamUser("arn:aws:iam::123456789012:user/" + name, name, "/", "AIDA" + name, Instant.EPOCH,
                Attachments.NONE, List.of());
    }

    private static IdentityProvider provider(int number) {
        String name = "idp" + number + ".example.com";
        return new IdentityProvider("arn:aws:iam::123456789012:oidc-provider/" + name, name, List.of(), List.of(),
                Instant.EPOCH, Map.of());
    }

    @Test
    void aNameMeansTheSameInAnyCase() {
        users.add(user("Alice"));

        assertThat(users.require("aLICE").name()).isEqualTo("Alice");
        assertRefused(Refusal.ENTITY_ALREADY_EXISTS, () -> users.add(user("ALICE")));
    }

    @Test
    void aNameThatLooksAlikeIsAnother() {
        users.add(user("alice"));

        assertThat(users.find("аlice")).as("with a Cyrillic letter").isNull();
        assertThat(users.find("alıce")).as("with a Turkish letter").isNull();
        assertThat(users.find("alice ")).isNull();
        assertThat(users.find("alic")).isNull();
    }

    @Test
    void whatWasRemovedIsGoneAndCanBeAddedAgain() {
        users.add(user("alice"));
        users.remove("Alice", _ -> {
        });

        assertThat(users.find("alice")).isNull();
        users.add(user("alice"));
        assertThat(users.find("alice")).isNotNull();
    }

    @Test
    void thereAreNeverMoreThanMayBe() throws Exception {
        for (int i = 1; i < Limit.IDENTITY_PROVIDERS.value(); i++) {
            providers.add(provider(i));
        }

        assertThat(atOnce(8, number -> () -> providers.add(provider(1_000 + number)), Refusal.LIMIT_EXCEEDED))
                .isEqualTo(1);
    }

    @Test
    void ofThoseWhoAddTheSameNameAtOnceOneDoes() throws Exception {
        assertThat(atOnce(8, number -> () -> users.add(user(number % 2 == 0 ? "bob" : "BOB")),
                Refusal.ENTITY_ALREADY_EXISTS)).isEqualTo(1);
    }

    @Test
    void noChangeIsLostToAnother() throws Exception {
        users.add(user("alice"));

        atOnce(8, number -> () -> users.change("alice",
                user -> user.with(user.attachments().withTags(Map.of("k" + number, "v")))),
                Refusal.INTERNAL_FAILURE);

        assertThat(users.require("alice").attachments().tags()).hasSize(8);
    }

    private interface Numbered {
        Runnable task(int number);
    }

    /// How many of the tasks, run at once, were not refused.
    private static int atOnce(int count, Numbered numbered, Refusal expected) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < count; i++) {
                Runnable task = numbered.task(i);
                Callable<Boolean> refusable = () -> isDone(task, expected);
                results.add(threads.submit(refusable));
            }
            int done = 0;
            for (Future<Boolean> result : results) {
                done += result.get() ? 1 : 0;
            }
            return done;
        } catch (ExecutionException problem) {
            throw new AssertionError(problem);
        }
    }

    private static boolean isDone(Runnable task, Refusal expected) {
        try {
            task.run();
            return true;
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(expected);
            return false;
        }
    }

    static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
