package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.policy.PolicyDocument;
import bellframe.refusals.Refused;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final String ALICE = "arn:aws:iam::123456789012:user/alice";
    private static final Origin ORIGIN = new Origin("192.0.2.1", true, "a test");

    private final Permissions permissions = new Permissions(
            arn -> new LinkedHashMap<>(arn.endsWith("/tagged") ? Map.of("Stage", "live") : Map.of()), "us-east-1",
            () -> Instant.parse("2026-03-01T12:00:00Z"));

    private static Principal alice(@Nullable String sessionPolicy, String... statements) {
        PolicyDocument session = sessionPolicy == null
                ? null
                : PolicyDocument.parse(PolicyDocument.Kind.SESSION, sessionPolicy);
        var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        tags.put("AppInstanceUserId", "*");
        return new Principal(Principal.Kind.USER, ALICE, ALICE, "AIDAALICE", "alice", tags,
                List.of(PolicyDocument.parse(PolicyDocument.Kind.IDENTITY, document(statements))),
                session == null
                        ? null
                        : new SessionFacts("s", Instant.EPOCH, Instant.MAX, session, List.of(), null, null));
    }

    private static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String statement(String effect, String action, String resource, String more) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"" + more
                + "}";
    }

    private void require(Principal principal, String... resources) {
        permissions.require(principal, ORIGIN, "chime:SendChannelMessage", List.of(resources));
    }

    @Test
    void theRefusalSaysWhoMayNotDoWhatToWhatAndWhy() {
        Principal alice = alice(null, statement("Allow", "chime:ListChannels", "*", ""));

        assertThatThrownBy(() -> require(alice, "arn:aws:chime:us-east-1:123456789012:app-instance/a"))
                .isInstanceOf(Refused.class)
                .hasMessage("User: " + ALICE + " is not authorized to perform: chime:SendChannelMessage on resource: "
                        + "arn:aws:chime:us-east-1:123456789012:app-instance/a "
                        + "because no policy allows the chime:SendChannelMessage action");
    }

    @Test
    void anExplicitDenyIsCalledThat() {
        Principal alice = alice(null, statement("Allow", "*", "*", ""),
                statement("Deny", "chime:Send*", "*", ""));

        assertThatThrownBy(() -> require(alice, "arn:aws:chime:::x")).hasMessageEndingWith(
                "on resource: arn:aws:chime:::x with an explicit deny in a policy");
    }

    @Test
    void aSessionPolicyCutsDown() {
        String all = statement("Allow", "*", "*", "");

        assertThatCode(() -> require(alice(document(all), all), "arn:aws:chime:::x")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(alice(document(statement("Allow", "chime:List*", "*", "")), all),
                "arn:aws:chime:::x")).hasMessageContaining("because no policy allows");
        assertThatThrownBy(() -> require(alice(document(all, statement("Deny", "chime:Send*", "*", "")), all),
                "arn:aws:chime:::x")).hasMessageContaining("with an explicit deny");
        assertThatThrownBy(() -> require(alice(document(all), statement("Allow", "chime:List*", "*", "")),
                "arn:aws:chime:::x")).hasMessageContaining("because no policy allows");
    }

    @Test
    void everyResourceMustBeAllowed() {
        Principal alice = alice(null, statement("Allow", "*", "arn:aws:chime:::a", ""));

        assertThatCode(() -> require(alice, "arn:aws:chime:::a")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(alice, "arn:aws:chime:::a", "arn:aws:chime:::b"))
                .hasMessageContaining("on resource: arn:aws:chime:::b ");
    }

    @Test
    void whatConcernsNothingInParticularIsAllowedByAStarAlone() {
        assertThatThrownBy(() -> require(alice(null, statement("Allow", "*", "arn:aws:chime:*:*:*", ""))))
                .hasMessageContaining("on resource: * ");
        assertThatCode(() -> require(alice(null, statement("Allow", "*", "*", "")))).doesNotThrowAnyException();
    }

    @Test
    void aStarInATagIsNoWildcard() {
        Principal alice = alice(null,
                statement("Allow", "*", "arn:aws:chime:::user/${aws:PrincipalTag/AppInstanceUserId}", ""));

        assertThatThrownBy(() -> require(alice, "arn:aws:chime:::user/bob")).hasMessageContaining("no policy allows");
        assertThatCode(() -> require(alice, "arn:aws:chime:::user/*")).doesNotThrowAnyException();
    }

    @Test
    void tagsOfTheResourceAreThoseOfTheOneThatIsJudged() {
        Principal alice = alice(null, statement("Allow", "*", "*",
                ",\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/stage\":\"live\"}}"));

        assertThatCode(() -> require(alice, "arn:aws:chime:::tagged")).isInstanceOf(Refused.class);
        assertThatCode(() -> require(alice, "arn:aws:chime:::x/tagged")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(alice, "arn:aws:chime:::x/tagged", "arn:aws:chime:::x/other"))
                .hasMessageContaining("x/other");
    }

    @Test
    void rootNeedsNoPolicy() {
        assertThatCode(() -> require(SignedRequests.KEY.principal(), "arn:aws:chime:::x")).doesNotThrowAnyException();
    }
}
