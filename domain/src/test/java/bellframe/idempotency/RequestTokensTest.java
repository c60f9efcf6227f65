package bellframe.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTokensTest {

    private static final byte[] ASKED = {1};
    private static final byte[] OTHER = {2};

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private RequestTokens tokens = new RequestTokens(storage, clock);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aRetryGetsThePlanOfTheFirstCall() {
        assertThat(claim("token", ASKED, "first").plan()).isEqualTo("first");
        assertThat(claim("token", ASKED, "second").plan()).isEqualTo("first");
        assertThat(claim("another", ASKED, "third").plan()).isEqualTo("third");
        assertThat(tokens.claim("Create", "somebody else", "token", ASKED, "fourth").plan()).isEqualTo("fourth");
        assertThat(tokens.claim("Make", "caller", "token", ASKED, "fifth").plan()).isEqualTo("fifth");
    }

    @Test
    void otherParametersAreAConflict() {
        claim("token", ASKED, "first");
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> claim("token", OTHER, "second"))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CONFLICT));
    }

    @Test
    void aPlanThatWasCarriedOutSaysSoAlsoAfterARestart() {
        RequestTokens.Claim claim = claim("token", ASKED, "first");
        assertThatNoException().isThrownBy(() -> claim.requireNotDone("it"));
        tokens.done(claim);
        // Batches are written in order.
        claim("later", ASKED, "another");
        tokens = new RequestTokens(storage, clock);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> claim("token", ASKED, "second").requireNotDone("it"))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CONFLICT));
    }

    @Test
    void aTokenIsRememberedWhateverTheClockDoes() {
        for (int days : new int[]{3, -6, 1, 2}) {
            claim("token" + days, ASKED, "first");
            clock.move(Duration.ofDays(days));
            assertThat(claim("token" + days, ASKED, "second").plan()).isEqualTo("first");
            tokens = new RequestTokens(storage, clock);
            tokens.sweep();
            assertThat(claim("token" + days, ASKED, "third").plan()).isEqualTo("first");
        }
    }

    private RequestTokens.Claim claim(String token, byte[] fingerprint, String plan) {
        return tokens.claim("Create", "caller", token, fingerprint, plan);
    }
}
