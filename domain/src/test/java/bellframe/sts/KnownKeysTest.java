package bellframe.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.Call;
import bellframe.api.iam.DeleteUserPolicyRequest;
import bellframe.api.iam.DeleteUserRequest;
import bellframe.api.iam.PutRolePolicyRequest;
import bellframe.credentials.AccessKey;
import bellframe.credentials.Principal;
import bellframe.credentials.SessionFacts;
import bellframe.iam.UserAccessKey;
import bellframe.policy.PolicyDocument;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.AccessWorld;
import bellframe.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private static final String ALL = AccessWorld.allow("*", "*");
    private static final int RANDOM_SESSIONS = Boolean.getBoolean("bellframe.long") ? 20_000 : 500;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final TestClock clock = new TestClock();
    private final MemoryStorage storage = new MemoryStorage();
    private final AccessWorld world = new AccessWorld(storage, clock);

    /// Credentials of a role that was just created.
    private TemporaryCredentials session(String role) {
        world.role(role, AccessWorld.TRUST, ALL);
        return assume(role, Map.of());
    }

    private TemporaryCredentials assume(String role, Map<String, String> tags) {
        return world.assumedRoles.assume(world.rootKey.get().principal(), AccessWorld.ORIGIN, new Assumption(
                "arn:aws:iam::123456789012:role/" + role, "session", Duration.ofMinutes(15), null, tags, List.of(),
                null, null)).credentials();
    }

    private @Nullable Principal caller(TemporaryCredentials credentials) {
        return world.caller(AccessWorld.by(credentials));
    }

    @Test
    void aKeyIsGoodOnlyWithItsOwnToken() {
        TemporaryCredentials one = session("one");
        TemporaryCredentials other = session("other");
        UserAccessKey lasting = world.user("alice", ALL);

        assertThat(world.keys.find(one.accessKeyId(), other.sessionToken())).isNull();
        assertThat(world.keys.find(lasting.id(), one.sessionToken())).isNull();
        assertThat(world.keys.find(world.rootKey.get().id(), one.sessionToken())).isNull();
        assertThat(world.keys.find(one.accessKeyId(), null)).isNull();
        assertThat(world.keys.find(one.accessKeyId(), "")).isNull();
        assertThat(world.keys.find(lasting.id(), "")).isNull();
        AccessKey found = Objects.requireNonNull(world.keys.find(one.accessKeyId(), one.sessionToken()));
        assertThat(found.secret()).isEqualTo(one.secretAccessKey());
    }

    @Test
    void aSessionEndsOnTime() {
        TemporaryCredentials session = session("chat");

        clock.move(Duration.ofMinutes(15).minusMillis(1));
        assertThat(caller(session)).isNotNull();
        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> caller(session)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(Refusal.EXPIRED_TOKEN));
    }

    @Test
    void aSessionEndsWithItsRoleWhateverRoleHasItsNameByThen() {
        TemporaryCredentials session = session("chat");

        world.deleteRole("chat");
        assertThat(caller(session)).isNull();
        world.role("chat", AccessWorld.TRUST, ALL);
        assertThat(caller(session)).isNull();
    }

    @Test
    void policiesOfTheRoleAreThoseOfThisMoment() {
        TemporaryCredentials session = session("chat");

        world.roleOperations.putPolicy(world.root(), new PutRolePolicyRequest("chat", "policy",
                AccessWorld.allow("chime:ListChannels", "*")));

        Principal caller = Objects.requireNonNull(caller(session));
        assertThat(caller.policies()).extracting(PolicyDocument::json)
                .containsExactly(
                        AccessWorld.allow("chime:ListChannels", "*"));
    }

    @Test
    void credentialsOfGetSessionTokenEndWithTheKeyTheyWereGotWith() {
        UserAccessKey key = world.user("alice", ALL);
        UserAccessKey other = world.userKeys.create("alice");
        Call session = world.withinSession(AccessWorld.by(key));

        world.userKeys.delete("alice", other.id());
        assertThat(world.caller(session)).isNotNull();
        world.userKeys.setActive("alice", key.id(), false);
        assertThat(world.caller(session)).isNull();
        world.userKeys.setActive("alice", key.id(), true);
        assertThat(world.caller(session)).isNotNull();
        world.userKeys.delete("alice", key.id());
        assertThat(world.caller(session)).isNull();
    }

    @Test
    void aUserOfTheSameNameIsAnother() {
        UserAccessKey key = world.user("alice", ALL);
        Call session = world.withinSession(AccessWorld.by(key));

        world.userKeys.delete("alice", key.id());
        world.userOperations.deletePolicy(world.root(), new DeleteUserPolicyRequest("alice", "policy"));
        world.userOperations.delete(world.root(), new DeleteUserRequest("alice"));
        world.user("alice", ALL);

        assertThat(world.caller(session)).isNull();
    }

    @Test
    void sessionsOfRootEndWithItsKey() {
        Call session = world.withinSession(world.root());
        assertThat(Objects.requireNonNull(world.caller(session)).kind()).isEqualTo(Principal.Kind.ROOT);

        world.rootKey.set(new AccessKey("AKIANEWNEWNEWNEWNEW1", "another", world.rootKey.get().principal()));
        assertThat(world.caller(session)).isNull();
    }

    @Test
    void credentialsOfGetSessionTokenGetNoFurtherOnes() {
        Call session = world.withinSession(world.root());

        assertThatThrownBy(() -> world.withinSession(session)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(Refusal.ACCESS_DENIED));
        TemporaryCredentials assumed = session("chat");
        assertThatThrownBy(() -> world.withinSession(AccessWorld.by(assumed))).isInstanceOf(Refused.class);
    }

    @Test
    void theRotationOfTheMasterKeyEndsAllSessions() {
        TemporaryCredentials session = session("chat");

        var rotated = new AccessWorld(storage, clock, AccessWorld.masterKey(2, AccessWorld.masterKey(1, null)));

        assertThat(rotated.caller(AccessWorld.by(session))).isNull();
    }

    @Test
    void whateverASessionHoldsSurvivesItsToken() {
        System.out.println("KnownKeysTest: seed " + seed);
        for (int i = 0; i < RANDOM_SESSIONS; i++) {
            TemporaryKey key = randomKey();

            TemporaryKey opened = tokens().open(tokens().seal(key));

            assertThat(opened).usingRecursiveComparison().isEqualTo(key);
        }
    }

    @Test
    void aTokenWithAnyBitChangedIsNone() {
        System.out.println("KnownKeysTest: seed " + seed);
        String token = tokens().seal(randomKey());
        SessionTokens tokens = tokens();

        assertThat(tokens.open(token)).isNotNull();
        for (int bit = 0; bit < token.length() * Character.SIZE; bit++) {
            char[] changed = token.toCharArray();
            changed[bit / Character.SIZE] ^= (char) (1 << bit % Character.SIZE);
            assertThat(tokens.open(new String(changed))).as("bit %s of %s", bit, token).isNull();
        }
    }

    @Test
    void aTokenHasOneSpelling() {
        SessionTokens tokens = tokens();
        for (int length = 0; length < 4; length++) {
            String token = tokens.seal(new TemporaryKey("ASIA" + "X".repeat(length), "secret",
                    new TemporaryKey.Holder.OfRoot("AKIA"), Map.of(), facts(null)));

            assertThat(tokens.open(token)).isNotNull();
            for (String spelling : List.of(token + "=", token + "==", token + "A", token + " ", " " + token,
                    token.replace('-', '+').replace('_', '/') + "\n", lastCharacterMoved(token))) {
                assertThat(tokens.open(spelling)).as(spelling).isNull();
            }
        }
    }

    /// In Base64 the last character may have bits that stand for nothing.
    private static String lastCharacterMoved(String token) {
        return token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1);
    }

    @Test
    void whatIsNoTokenIsNone() {
        SessionTokens tokens = tokens();
        for (int i = 0; i < RANDOM_SESSIONS; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            assertThat(tokens.open(Base64.getUrlEncoder().withoutPadding().encodeToString(garbage))).isNull();
        }
        assertThat(tokens.open("x".repeat(100_000))).isNull();
        assertThat(tokens.open("\uD83D\uDE00")).isNull();
    }

    private static SessionTokens tokens() {
        return new SessionTokens(AccessWorld.masterKey(1, null));
    }

    private TemporaryKey randomKey() {
        var tags = new LinkedHashMap<String, String>();
        for (int i = random.nextInt(5); i > 0; i--) {
            tags.put("key" + i + text(), text());
        }
        TemporaryKey.Holder holder = switch (random.nextInt(3)) {
            case 0 -> new TemporaryKey.Holder.OfRole(text(), text());
            case 1 -> new TemporaryKey.Holder.OfUser(text(), text(), text());
            default -> new TemporaryKey.Holder.OfRoot(text());
        };
        return new TemporaryKey(text(), text(), holder, tags, facts(random.nextBoolean() ? ALL : null));
    }

    private SessionFacts facts(@Nullable String policy) {
        return new SessionFacts(optional(), instant(), instant(),
                policy == null ? null : PolicyDocument.parse(PolicyDocument.Kind.SESSION, policy),
                Arrays.asList(text(), text()), optional(), optional());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
    }

    private @Nullable String optional() {
        return random.nextBoolean() ? text() : null;
    }

    /// Letters of one to four bytes.
    private String text() {
        return random.ints(random.nextInt(20), 0, 4)
                .mapToObj(i -> List.of("a", "é", "漢", "\uD83D\uDE00").get(i))
                .reduce("", String::concat);
    }
}
