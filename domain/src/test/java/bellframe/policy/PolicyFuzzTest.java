package bellframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.policy.PolicyDocument.Kind;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Good documents with random faults: each is taken, and then decides something, or refused with a line that says why.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class PolicyFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 3_000_000 : 30_000;
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<SamplePolicies> SAMPLES = List.of(SamplePolicies.values());
    private static final List<String> SIGNS = List.of("{", "}", "[", "]", "\"", ":", ",", "${", "}", "'", "*", "?",
            "\\",
            "\\u0000", "\\ud83d", "null", "true", "1e9", "-", "0", "arn:", "/", "/129", "é", "\0", "\n", " ", "Not",
            "ForAnyValue:", "IfExists", "\"Statement\":", "\"AWS\":", "999999999999", ", 'x'", "aws:userid",
            "localhost:1:a");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RandomPolicies policies = new RandomPolicies(random);

    @Test
    void everyTextIsTakenOrRefused() {
        System.out.println("PolicyFuzzTest seed " + seed);
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            String text = spoiled(good(kind));
            if (isTaken(kind, text)) {
                taken++;
            } else {
                refused++;
            }
        }
        assertThat(List.of(taken, refused)).as("some are taken, some refused, seed %d", seed).allMatch(n -> n > 0);
    }

    private boolean isTaken(Kind kind, String text) {
        try {
            PolicyDocument document = PolicyDocument.parse(kind, text);
            assertThat(document.json()).isEqualTo(text);
            if (kind == Kind.TRUST) {
                assertThat(document.decideTrust(policies.trustRequest())).isNotNull();
            } else {
                assertThat(document.decide(policies.request())).isNotNull();
            }
            return true;
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED_POLICY_DOCUMENT);
            assertThat(refused.getMessage()).as("seed %d, %s", seed, text).matches("[ -~]{1,400}");
            return false;
        } catch (RuntimeException failure) {
            throw new AssertionError("seed " + seed + ", " + kind + " " + text, failure);
        }
    }

    private String good(Kind kind) {
        boolean sample = kind != Kind.TRUST && random.nextInt(4) == 0;
        return sample ? SAMPLES.get(random.nextInt(SAMPLES.size())).json() : policies.document(kind == Kind.TRUST);
    }

    private String spoiled(String text) {
        String spoiled = text;
        for (int left = random.nextInt(4); left > 0; left--) {
            spoiled = random.nextBoolean() ? withoutSome(spoiled) : withOther(spoiled);
        }
        return spoiled;
    }

    private String withoutSome(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(6));
        return text.substring(0, from) + text.substring(to);
    }

    /// Puts something at the place of something else, often at that of a whole string.
    private String withOther(String text) {
        String piece = SIGNS.get(random.nextInt(SIGNS.size()));
        List<Integer> quotes = new ArrayList<>();
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
            quotes.add(at);
        }
        if (quotes.size() < 2 || random.nextBoolean()) {
            int at = random.nextInt(text.length() + 1);
            return text.substring(0, at) + piece + text.substring(Math.min(text.length(), at + random.nextInt(2)));
        }
        int from = quotes.get(random.nextInt(quotes.size() - 1));
        int to = text.indexOf('"', from + 1);
        return text.substring(0, from) + piece + text.substring(to + 1);
    }
}
