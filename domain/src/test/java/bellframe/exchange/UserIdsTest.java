package bellframe.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UserIdsTest {

    /// The models' UserId.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9:\\-_.@]{0,62}[A-Za-z0-9])?");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int SUBJECTS = Boolean.getBoolean("bellframe.long") ? 1_000_000 : 20_000;
    private static final List<String> PARTS = List.of("a", "A", "0", "-", "_", ":", ".", "@", "|", "/", "*", "é", " ",
            "sha256-", "SHA256-", "auth0|", "\u0000", "\uD83D\uDE00");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void aSubjectThatIsAnIdStaysWhatItIs() {
        for (String subject : List.of("a", "alice", "alice@example.com", "A:b_c.d-9", "x".repeat(64))) {
            assertThat(UserIds.of(subject)).isEqualTo(subject);
        }
    }

    @Test
    void whatIsNoIdBecomesOne() {
        for (String subject : List.of("auth0|5f7c", "alice/bob", "*", "-a", "a-", "", "x".repeat(65), "é")) {
            assertThat(UserIds.of(subject)).startsWith("sha256-").matches(ID);
        }
    }

    @Test
    void nobodyChoosesTheIdThatAnotherGetsByItsHash() {
        String hashed = UserIds.of("auth0|5f7c");

        assertThat(UserIds.of(hashed)).isNotEqualTo(hashed).startsWith("sha256-");
    }

    @Test
    void noTwoSubjectsShareAnId() {
        System.out.println("UserIdsTest: seed " + seed);
        var subjects = new HashMap<String, String>();
        for (int i = 0; i < SUBJECTS; i++) {
            String subject = subject();
            String id = UserIds.of(subject);
            assertThat(subjects.putIfAbsent(id, subject)).isIn(null, subject);
            if (!ID.matcher(id).matches() || !SESSION_NAME.matcher(UserIds.sessionName(id)).matches()) {
                throw new AssertionError("no id: " + id + " of " + subject);
            }
        }
    }

    private String subject() {
        var subject = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            subject.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return subject.toString();
    }
}
