package bellframe.limits;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestRatesTest {

    private static final String APP = "arn:aws:chime:us-east-1:123456789012:app-instance/a";
    private static final String OTHER_APP = "arn:aws:chime:us-east-1:123456789012:app-instance/b";
    private static final String ALICE = APP + "/user/alice";
    private static final String BOB = APP + "/user/bob";
    private static final String GENERAL = APP + "/channel/general";
    private static final String RANDOM = APP + "/channel/random";

    private final AtomicLong nanos = new AtomicLong();
    private RequestRates rates = new RequestRates(100, nanos::get);

    @ParameterizedTest
    @EnumSource
    void aRateAllowsTwoSecondsAtOnceAndThenItsNumberASecond(Rate rate) {
        assertThat(drawUntilRefused(rate, ALICE, GENERAL)).isEqualTo(2 * rate.perSecond());

        for (int second = 0; second < 5; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(drawUntilRefused(rate, ALICE, GENERAL)).isEqualTo(rate.perSecond());
        }
        pass(Duration.ofHours(1));
        assertThat(drawUntilRefused(rate, ALICE, GENERAL)).isEqualTo(2 * rate.perSecond());
    }

    @ParameterizedTest
    @EnumSource
    void tokensComeOneByOne(Rate rate) {
        drawUntilRefused(rate, ALICE, GENERAL);
        Duration oneToken = Duration.ofSeconds(1).dividedBy(rate.perSecond());

        pass(oneToken.minusNanos(1));
        assertThat(drawUntilRefused(rate, ALICE, GENERAL)).isZero();
        pass(Duration.ofNanos(2));
        assertThat(drawUntilRefused(rate, ALICE, GENERAL)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
            "BEARER, " + ALICE + ", " + BOB,
            "MESSAGE_CHANGES, " + GENERAL + ", " + RANDOM,
            "USER_READS, " + ALICE + ", " + BOB,
            "CHANNEL_CHANGES, " + ALICE + ", " + OTHER_APP + "/user/alice",
            "USER_CHANGES, " + APP + ", " + OTHER_APP,
            "CHANNEL_LISTS, " + APP + "/bot/x, " + OTHER_APP + "/bot/x"})
    void othersHaveBucketsOfTheirOwn(Rate rate, String one, String other) {
        drawUntilRefused(rate, one);

        assertThat(drawUntilRefused(rate, other)).isEqualTo(2 * rate.perSecond());
    }

    @ParameterizedTest
    @CsvSource({
            "MESSAGE_CHANGES, " + ALICE + ", " + BOB + ", " + GENERAL,
            "CHANNEL_CHANGES, " + ALICE + ", " + BOB + ", " + GENERAL,
            "IDENTITY, " + APP + ", " + OTHER_APP + "/user/alice, " + ALICE})
    void thoseWhoShareAScopeShareABucket(Rate rate, String one, String other, String last) {
        drawUntilRefused(rate, one, last);

        assertThat(drawUntilRefused(rate, other, last)).isZero();
    }

    @Test
    void aUserAndItsAppInstanceShareWhatIsCountedForTheAppInstance() {
        drawUntilRefused(Rate.USER_CHANGES, APP);

        assertThat(drawUntilRefused(Rate.USER_CHANGES, ALICE)).isZero();
    }

    @Test
    void whatNamesNobodyIsCountedForTheAccount() {
        assertThat(drawUntilRefused(Rate.APP_INSTANCE_CHANGES)).isEqualTo(10);
        assertThat(drawUntilRefused(Rate.APP_INSTANCE_CHANGES)).isZero();
        assertThat(drawUntilRefused(Rate.APP_INSTANCE_CHANGES, APP)).isEqualTo(10);
    }

    @Test
    void theRatesOfOneSubjectAreCountedApart() {
        drawUntilRefused(Rate.MESSAGE_LISTS, GENERAL);

        assertThat(drawUntilRefused(Rate.MESSAGE_READS, GENERAL)).isEqualTo(60);
    }

    @Test
    void aRefusedRequestTakesNothingFromTheRatesBehind() {
        drawUntilRefused(Rate.BEARER, ALICE);
        for (int request = 0; request < 100; request++) {
            assertThat(draws(List.of(Rate.BEARER, Rate.MESSAGE_CHANGES), ALICE, GENERAL)).isFalse();
        }

        assertThat(drawUntilRefused(Rate.MESSAGE_CHANGES, GENERAL)).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "10, 2, 1", "150, 30, 15", "10000, 2000, 1000"})
    void aPercentageScalesEveryRate(int percent, int burst, int inASecond) {
        rates = new RequestRates(percent, nanos::get);

        assertThat(drawUntilRefused(Rate.BEARER, ALICE)).isEqualTo(burst);
        pass(Duration.ofSeconds(1));
        assertThat(drawUntilRefused(Rate.BEARER, ALICE)).isEqualTo(inASecond);

        int drawn = 0;
        for (int quarter = 0; quarter < 400; quarter++) {
            pass(Duration.ofMillis(250));
            drawn += drawUntilRefused(Rate.BEARER, ALICE);
        }
        assertThat(drawn).isBetween(10 * percent - 1, 10 * percent);
    }

    private int drawUntilRefused(Rate rate, String... resources) {
        int drawn = 0;
        while (draws(List.of(rate), resources)) {
            drawn++;
        }
        return drawn;
    }

    private boolean draws(List<Rate> drawnOn, String... resources) {
        try {
            rates.draw(drawnOn, List.of(resources));
            return true;
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.THROTTLED);
            return false;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
