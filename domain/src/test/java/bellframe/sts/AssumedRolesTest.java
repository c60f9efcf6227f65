package bellframe.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.iam.Tag;
import bellframe.api.iam.TagRoleRequest;
import bellframe.credentials.Principal;
import bellframe.iam.UserAccessKey;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.AccessWorld;
import bellframe.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssumedRolesTest {

    private static final String ALL = AccessWorld.allow("*", "*");
    private static final String ALICE = "arn:aws:iam::123456789012:user/alice";

    private final TestClock clock = new TestClock();
    private final AccessWorld world = new AccessWorld(new MemoryStorage(), clock);
    private final Wish chat = new Wish("chat");

    private Principal alice = Principal.root("arn:aws:iam::123456789012:root");

    /// How a role is to be assumed, built up by tests.
    private record Wish(
            String roleArn,
            @Nullable Duration duration,
            @Nullable String policy,
            Map<String, String> tags,
            List<String> transitive,
            @Nullable String sourceIdentity) {

        Wish(String role) {
            this("arn:aws:iam::123456789012:role/" + role, null, null, Map.of(), List.of(), null);
        }

        Wish of(String arn) {
            return new Wish(arn, duration, policy, tags, transitive, sourceIdentity);
        }

        Wish lasting(Duration other) {
            return new Wish(roleArn, other, policy, tags, transitive, sourceIdentity);
        }

        Wish within(String sessionPolicy) {
            return new Wish(roleArn, duration, sessionPolicy, tags, transitive, sourceIdentity);
        }

        Wish tagged(String key, String value) {
            return new Wish(roleArn, duration, policy, Map.of(key, value), transitive, sourceIdentity);
        }

        Wish passingOn(String... keys) {
            return new Wish(roleArn, duration, policy, tags, List.of(keys), sourceIdentity);
        }

        Wish by(String identity) {
            return new Wish(roleArn, duration, policy, tags, transitive, identity);
        }

        Assumption assumption() {
            return new Assumption(roleArn, "session", duration, policy, tags, transitive, null, sourceIdentity);
        }
    }

    @BeforeEach
    void createAliceAndTheRole() {
        UserAccessKey key = world.user("alice", AccessWorld.allow("sts:*", "*"));
        alice = principal(world.caller(AccessWorld.by(key)));
        world.role("chat", AccessWorld.TRUST, ALL);
    }

    private static Principal principal(@Nullable Principal known) {
        return Objects.requireNonNull(known);
    }

    private AssumedRole assume(Principal caller, Wish wish) {
        return world.assumedRoles.assume(caller, AccessWorld.ORIGIN, wish.assumption());
    }

    /// The session that somebody gets.
    private Principal session(Principal caller, Wish wish) {
        return principal(world.caller(AccessWorld.by(assume(caller, wish).credentials())));
    }

    private String refusalOf(Principal caller, Wish wish) {
        try {
            assume(caller, wish);
        } catch (Refused refused) {
            return refused.refusal() + ": " + refused.getMessage();
        }
        throw new AssertionError("it was not refused");
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).as(refused.getMessage()).isEqualTo(refusal));
    }

    @Test
    void aRoleThatIsNotThereIsRefusedLikeOneThatDoesNotTrustTheCaller() {
        world.role("closed", AccessWorld.trust("{\"AWS\":\"arn:aws:iam::123456789012:user/bob\"}", "sts:AssumeRole"),
                ALL);

        assertThat(refusalOf(alice, new Wish("absent"))).startsWith("ACCESS_DENIED: User: " + ALICE)
                .isEqualTo(refusalOf(alice, new Wish("closed")).replace("role/closed", "role/absent"));
    }

    @Test
    void aRoleIsMeantByItsExactArn() {
        for (String arn : List.of("arn:aws:iam::123456789012:role/CHAT", "arn:aws:iam::123456789012:role/path/chat",
                "arn:aws:iam::210987654321:role/chat", "arn:aws:iam::123456789012:user/chat", "chat",
                "arn:aws:iam::123456789012:role/arn:aws:iam::123456789012:role/chat")) {
            assertRefused(Refusal.ACCESS_DENIED, () -> assume(alice, chat.of(arn)));
        }
    }

    @Test
    void whoIsTrustedByNameNeedsNoPolicyButMustNotBeDenied() {
        Principal bob = principal(world.caller(AccessWorld.by(world.user("bob", AccessWorld.allow("chime:*", "*")))));
        Principal eve = principal(world.caller(AccessWorld.by(world.user("eve", AccessWorld.allowAllBut("sts:*")))));
        world.role("named", AccessWorld.trust("{\"AWS\":[\"" + bob.arn() + "\",\"" + eve.arn() + "\"]}",
                "sts:AssumeRole"), ALL);

        assertThatCode(() -> assume(bob, new Wish("named"))).doesNotThrowAnyException();
        assertRefused(Refusal.ACCESS_DENIED, () -> assume(bob, chat));
        assertRefused(Refusal.ACCESS_DENIED, () -> assume(eve, new Wish("named")));
    }

    @Test
    void tagsNeedToBeTrustedToo() {
        world.role("bare", AccessWorld.trust("{\"AWS\":\"" + ALICE + "\"}", "sts:AssumeRole"), ALL);

        assertThatCode(() -> assume(alice, new Wish("bare"))).doesNotThrowAnyException();
        assertThat(refusalOf(alice, new Wish("bare").tagged("AppInstanceUserId", "bob"))).contains("sts:TagSession");
        assertThat(refusalOf(alice, new Wish("bare").by("alice"))).contains("sts:SetSourceIdentity");
    }

    @Test
    void tagsThatGoOnCannotBeSetAgainInAnyCase() {
        Wish first = chat.tagged("AppInstanceUserId", "alice").passingOn("AppInstanceUserId");
        Principal session = session(alice, first);
        world.role("next", AccessWorld.TRUST, ALL);

        for (String key : List.of("AppInstanceUserId", "appinstanceuserid", "APPINSTANCEUSERID")) {
            assertRefused(Refusal.INVALID_INPUT, () -> assume(session, new Wish("next").tagged(key, "bob")));
            assertRefused(Refusal.INVALID_INPUT, () -> assume(session, new Wish("next").tagged(key, "alice")));
        }
        Principal next = session(session, new Wish("next"));
        Principal last = session(next, new Wish("chat").tagged("other", "tag"));
        assertThat(last.tags()).containsEntry("AppInstanceUserId", "alice").containsEntry("other", "tag");
        assertRefused(Refusal.INVALID_INPUT, () -> assume(last, chat.tagged("appInstanceUserId", "bob")));
    }

    @Test
    void tagsThatDoNotGoOnEndWithTheSession() {
        Principal session = session(alice, chat.tagged("AppInstanceUserId", "alice"));

        assertThat(session.tags()).containsEntry("AppInstanceUserId", "alice");
        assertThat(session(session, chat).tags()).isEmpty();
    }

    @Test
    void onlyTagsOfTheSessionGoOn() {
        assertRefused(Refusal.INVALID_INPUT, () -> assume(alice, chat.passingOn("AppInstanceUserId")));
    }

    @Test
    void aSessionBegunFromASessionLastsAnHourAtMost() {
        Principal session = session(alice, chat.lasting(Duration.ofHours(12)));

        assertRefused(Refusal.INVALID_INPUT, () -> assume(session, chat.lasting(Duration.ofMinutes(61))));
        assertThat(assume(session, chat.lasting(Duration.ofHours(1))).credentials().expiration())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        assertThat(assume(session, chat).credentials().expiration())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void noSessionLastsLongerThanTheRoleAllows() {
        assertRefused(Refusal.INVALID_INPUT, () -> assume(alice, chat.lasting(Duration.ofHours(13))));
    }

    @Test
    void aSourceIdentityOnceSaidStays() {
        Principal session = session(alice, chat.by("alice"));

        assertRefused(Refusal.ACCESS_DENIED, () -> assume(session, chat.by("bob")));
        Principal next = session(session, chat);
        assertThat(Objects.requireNonNull(next.session()).sourceIdentity()).isEqualTo("alice");
        assertRefused(Refusal.ACCESS_DENIED, () -> assume(next, chat.by("Alice")));
    }

    @Test
    void whatASessionWasCutDownToItDoesNotGetBackByAnotherRole() {
        String arn = "arn:aws:sts::123456789012:assumed-role/chat/session";
        world.role("named", AccessWorld.trust("{\"AWS\":\"" + arn + "\"}", "sts:AssumeRole"), ALL);

        assertThatCode(() -> assume(session(alice, chat), new Wish("named"))).doesNotThrowAnyException();
        assertRefused(Refusal.ACCESS_DENIED,
                () -> assume(session(alice, chat.within(AccessWorld.allow("chime:*", "*"))), new Wish("named")));
        assertRefused(Refusal.ACCESS_DENIED,
                () -> assume(session(alice, chat.within(AccessWorld.allowAllBut("sts:*"))), new Wish("named")));
    }

    @Test
    void aSessionPolicyGivesNothing() {
        world.role("narrow", AccessWorld.TRUST, AccessWorld.allow("chime:ListChannels", "*"));
        Principal session = session(alice, new Wish("narrow").within(ALL));

        assertRefused(Refusal.ACCESS_DENIED, () -> require(session, "chime:SendChannelMessage"));
        assertThatCode(() -> require(session, "chime:ListChannels")).doesNotThrowAnyException();
    }

    private void require(Principal principal, String action) {
        world.permissions.require(principal, AccessWorld.ORIGIN, action, List.of("arn:aws:chime:::x"));
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        assertRefused(Refusal.MALFORMED_POLICY_DOCUMENT, () -> assume(alice, chat.within("{}")));
    }

    @Test
    void moreThanATokenHoldsIsRefused() {
        var tags = new HashMap<String, String>();
        for (int i = 0; i < 50; i++) {
            tags.put("k".repeat(120) + i, "v".repeat(256));
        }
        var wish = new Wish(chat.roleArn(), null, null, tags, List.of(), null);

        assertRefused(Refusal.PACKED_POLICY_TOO_LARGE, () -> assume(alice, wish));
    }

    @Test
    void theTagsOfASessionComeBeforeThoseOfItsRole() {
        world.roleOperations.tag(world.root(), new TagRoleRequest("chat",
                List.of(new Tag("AppInstanceUserId", "the role's"))));

        assertThat(session(alice, chat).tags()).containsEntry("AppInstanceUserId", "the role's");
        assertThat(session(alice, chat.tagged("appinstanceuserid", "alice")).tags().get("AppInstanceUserId"))
                .isEqualTo("alice");
    }
}
