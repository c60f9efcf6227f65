package bellframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.policy.PolicyDocument.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random policies and requests: compiled ones decide as [NaivePolicy] does.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class RandomPoliciesTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 1_000_000 : 6_000;
    private static final int REQUESTS = 4;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RandomPolicies policies = new RandomPolicies(random);

    @BeforeEach
    void printSeed() {
        System.out.println("RandomPoliciesTest seed " + seed);
    }

    @Test
    void policiesDecideAsTheirTextSays() {
        var decisions = new EnumMap<Decision, Integer>(Decision.class);
        for (int i = 0; i < ROUNDS; i++) {
            List<String> identity = Stream.generate(() -> policies.document(false)).limit(random.nextInt(3)).toList();
            String session = random.nextInt(3) == 0 ? policies.document(false) : null;
            List<PolicyDocument> compiled = identity.stream()
                    .map(json -> PolicyDocument.parse(Kind.IDENTITY, json))
                    .toList();
            PolicyDocument compiledSession = session == null ? null : PolicyDocument.parse(Kind.SESSION, session);
            for (int j = 0; j < REQUESTS; j++) {
                PolicyRequest request = policies.request();
                Decision expected = NaivePolicy.decide(identity, session, request);
                assertThat(Policies.decide(compiled, compiledSession, request))
                        .as("seed %d, round %d, %s, %s, %s", seed, i, identity, session, request)
                        .isEqualTo(expected);
                decisions.merge(expected, 1, Integer::sum);
            }
        }
        assertThat(decisions).as("all decisions occur, seed %d", seed).containsOnlyKeys(Decision.values());
    }

    @Test
    void trustPoliciesDecideAsTheirTextSays() {
        var decisions = new EnumMap<TrustDecision, Integer>(TrustDecision.class);
        for (int i = 0; i < ROUNDS; i++) {
            String json = policies.document(true);
            PolicyDocument compiled = PolicyDocument.parse(Kind.TRUST, json);
            for (int j = 0; j < REQUESTS; j++) {
                TrustRequest request = policies.trustRequest();
                TrustDecision expected = NaivePolicy.decideTrust(json, request);
                assertThat(compiled.decideTrust(request)).as("seed %d, round %d, %s, %s", seed, i, json, request)
                        .isEqualTo(expected);
                decisions.merge(expected, 1, Integer::sum);
            }
        }
        assertThat(decisions).as("all decisions occur, seed %d", seed).containsOnlyKeys(TrustDecision.values());
    }
}
