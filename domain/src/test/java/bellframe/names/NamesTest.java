package bellframe.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final String APP = "arn:aws:chime:us-east-1:123456789012:app-instance/6f5e";

    @ParameterizedTest
    @ValueSource(strings = {
            APP + "/user/alice", APP + "/user/us-east-1:0c-ff@x.y_z", APP + "/bot/b1"
    })
    void aUserArnReadsBackAsItWas(String arn) {
        assertThat(UserArn.parse(arn)).hasValueSatisfying(parsed -> assertThat(parsed).hasToString(arn));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "arn", APP, APP + "/", APP + "/user", APP + "/user/", APP + "/user/a/b", APP + "//a",
            APP + "/channel/c",
            "arn:aws:chime:us-east-1:app-instance/x/user/a", "arn:aws-cn:chime:r:a:app-instance/x/user/a",
            "arn:aws:chime:r:a:app-instance//user/a", "ARN:aws:chime:r:a:app-instance/x/user/a"
    })
    void whatIsNotAUserArnIsNotParsed(String text) {
        assertThat(UserArn.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            APP, "arn:aws:iam::123456789012:root", "arn:aws:sts::123456789012:assumed-role/a/b:c"
    })
    void anArnSaysWhoseItIs(String arn) {
        assertThat(Account.idIn(arn)).isEqualTo("123456789012");
    }

    @Test
    void kindsOfArnsAreNotMixedUp() {
        assertThat(AppInstanceArn.parse(APP)).hasValueSatisfying(arn -> assertThat(arn).hasToString(APP));
        assertThat(AppInstanceArn.parse(APP + "/user/a")).isEmpty();
        assertThat(AppInstanceArn.parse(APP + "//a")).isEmpty();
        assertThat(ChannelArn.parse(APP + "/channel/c")).hasValueSatisfying(
                arn -> assertThat(arn.channelId()).isEqualTo("c"));
        assertThat(ChannelArn.parse(APP + "/user/c")).isEmpty();
    }

    @Test
    void aMessageIdLeadsToItsPositionAndIsNotGuessable() {
        var position = Position.at(Instant.parse("2026-03-01T12:00:00.123456Z"));
        var random = new Random(1);
        MessageId id = MessageId.create(position, MessageId.Tail.draw(random));
        assertThat(id.text()).matches("[0-9a-f]{64}");
        assertThat(MessageId.parse(id.text())).contains(id);
        assertThat(MessageId.create(position, MessageId.Tail.draw(random))).isNotEqualTo(id);
        assertThat(id.text().substring(16))
                .isNotEqualTo(MessageId.create(position, MessageId.Tail.draw(random)).text().substring(16));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "abc", "0000000000000000", "F000000000000000000000000000000000000000000000000000000000000000",
            "f000000000000000000000000000000000000000000000000000000000000000",
            "000000000000000000000000000000000000000000000000000000000000000g"
    })
    void whatCannotBeAMessageIdIsNotParsed(String text) {
        assertThat(MessageId.parse(text)).isEmpty();
    }

    @Test
    void boundsInTimeIncludeTheirOwnMillisecond() {
        var half = Instant.parse("2026-03-01T12:00:00.000500Z");
        var whole = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(Position.firstNotBefore(whole).timestamp()).isEqualTo(whole);
        assertThat(Position.firstNotBefore(half).timestamp()).isEqualTo(whole.plusMillis(1));
        assertThat(Position.lastNotAfter(half).timestamp()).isEqualTo(whole);
        assertThat(Position.lastNotAfter(whole).next().timestamp()).isEqualTo(whole.plusMillis(1));
    }
}
