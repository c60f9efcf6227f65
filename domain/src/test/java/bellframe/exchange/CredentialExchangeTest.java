package bellframe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.identity.AppInstanceUser;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.sts.WebIdentity;
import bellframe.testing.AccessWorld;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialExchangeTest {

    private static final String ISSUER = "https://idp.example.com";
    private static final String ROLE = "arn:aws:iam::123456789012:role/chat";

    private final TestClock clock = new TestClock();
    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, clock);
    private final AccessWorld access = new AccessWorld(storage, clock);
    private final CredentialExchange exchange = exchange("sub");

    private CredentialExchange exchange(String claim) {
        return new CredentialExchange(new ExchangeRules(ISSUER, ROLE, world.appInstance.arn(), claim,
                Duration.ofHours(1)), access.identityTokens, access.assumedRoles, world.users);
    }

    @BeforeEach
    void registerTheProvider() {
        String provider = access.provider(ISSUER, "app");
        access.role("chat", AccessWorld.trust("{\"Federated\":\"" + provider + "\"}",
                "sts:AssumeRoleWithWebIdentity", "sts:TagSession"), AccessWorld.allow("chime:*", "*"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private WebIdentity identity(String subject, @Nullable String name) {
        return new WebIdentity(ISSUER, subject, "app", Map.of("email", List.of(subject + "@example.com"), "groups",
                List.of("one", "other")), Map.of(), List.of(), Instant.MAX, name);
    }

    private ChatCredentials exchange(WebIdentity identity) {
        return exchange.exchange(access.identities.token(identity), AccessWorld.ORIGIN);
    }

    private Map<String, String> tags(ChatCredentials given) {
        return Objects.requireNonNull(access.caller(AccessWorld.by(given.credentials()))).tags();
    }

    private @Nullable AppInstanceUser user(String id) {
        return world.users.find(UserArn.user(world.appInstance.arn(), id));
    }

    @Test
    void whoComesForTheFirstTimeBecomesAUser() {
        ChatCredentials given = exchange(identity("alice", "Alice A."));

        assertThat(given.displayName()).isEqualTo("Alice A.");
        assertThat(Objects.requireNonNull(user("alice")).name()).isEqualTo("Alice A.");
        assertThat(tags(given)).isEqualTo(Map.of("AppInstanceUserId", "alice"));
    }

    @Test
    void whoWasThereKeepsItsName() {
        exchange(identity("alice", "Alice A."));

        assertThat(exchange(identity("alice", "Mallory")).displayName()).isEqualTo("Alice A.");
    }

    @Test
    void whoWasDeletedComesBack() {
        ChatCredentials given = exchange(identity("alice", "Alice"));
        world.users.delete(given.user().toString());

        assertThat(exchange(identity("alice", "Alice again")).displayName()).isEqualTo("Alice again");
    }

    @Test
    void aNameHasAHundredCharactersAtMostAndIsNeverBlank() {
        String emoji = "\uD83D\uDE00";

        assertThat(exchange(identity("long", emoji.repeat(101))).displayName()).isEqualTo(emoji.repeat(100));
        assertThat(exchange(identity("blank", " \t ")).displayName()).isEqualTo("blank");
        assertThat(exchange(identity("none", null)).displayName()).isEqualTo("none");
    }

    @Test
    void whateverTheProviderTagsItTheSessionIsOfTheSubject() {
        for (String key : List.of("AppInstanceUserId", "appinstanceuserid", "APPINSTANCEUSERID")) {
            var identity = new WebIdentity(ISSUER, "alice", "app", Map.of(), Map.of(key, "bob", "team", "red"),
                    List.of(key), Instant.MAX, null);

            ChatCredentials given = exchange(identity);

            assertThat(given.user().id()).isEqualTo("alice");
            assertThat(tags(given)).isEqualTo(Map.of("AppInstanceUserId", "alice", "team", "red"));
        }
    }

    @Test
    void theTokenOfAnotherRegisteredProviderIsNotTaken() {
        access.provider("https://other.example.com", "app");
        var identity = new WebIdentity("https://other.example.com", "alice", "app", Map.of(), Map.of(), List.of(),
                Instant.MAX, null);

        assertRefused(Refusal.INVALID_IDENTITY_TOKEN, exchange, identity);
        assertThat(user("alice")).isNull();
    }

    @Test
    void whomTheRoleDoesNotTrustIsNotCreated() {
        access.deleteRole("chat");
        assertRefused(Refusal.ACCESS_DENIED, exchange, identity("alice", null));

        access.role("chat", AccessWorld.TRUST, AccessWorld.allow("*", "*"));
        assertRefused(Refusal.ACCESS_DENIED, exchange, identity("alice", null));
        assertThat(user("alice")).isNull();
    }

    @Test
    void anotherClaimMayNameTheUser() {
        ChatCredentials given = exchange("email").exchange(access.identities.token(identity("alice", null)),
                AccessWorld.ORIGIN);

        assertThat(given.user().id()).isEqualTo("alice@example.com");
    }

    @Test
    void aClaimThatIsNotThereOrHasSeveralValuesNamesNobody() {
        assertRefused(Refusal.INVALID_IDENTITY_TOKEN, exchange("absent"), identity("alice", null));
        assertRefused(Refusal.INVALID_IDENTITY_TOKEN, exchange("groups"), identity("alice", null));
    }

    @Test
    void ofTwoWhoComeAtOnceBothGetTheOneUser() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var given = new ArrayList<Future<ChatCredentials>>();
            for (int i = 0; i < 16; i++) {
                String name = "Alice " + i;
                given.add(threads.submit(() -> exchange(identity("alice", name))));
            }
            var names = new HashSet<String>();
            for (Future<ChatCredentials> one : given) {
                names.add(one.get().displayName());
            }
            assertThat(names).containsExactly(Objects.requireNonNull(user("alice")).name());
        }
    }

    private void assertRefused(Refusal refusal, CredentialExchange by, WebIdentity identity) {
        String token = access.identities.token(identity);
        assertThatThrownBy(() -> by.exchange(token, AccessWorld.ORIGIN)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
