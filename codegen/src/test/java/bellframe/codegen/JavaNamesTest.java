package bellframe.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

    @ParameterizedTest
    @CsvSource({
            "ChannelMessage, CHANNEL_MESSAGE",
            "APNS_SANDBOX, APNS_SANDBOX",
            "ListAppInstanceUsers, LIST_APP_INSTANCE_USERS",
            "NonEmptySensitiveString1600, NON_EMPTY_SENSITIVE_STRING1600",
            "GetHTTPStatus, GET_HTTP_STATUS",
            "CreateOpenIDConnectProvider, CREATE_OPEN_ID_CONNECT_PROVIDER"})
    void constantsAreUpperCaseWordsJoinedByUnderscores(String name, String constant) {
        assertThat(JavaNames.constant(name)).isEqualTo(constant);
    }

    @ParameterizedTest
    @CsvSource({"ChannelArn, channelArn", "ResourceARN, resourceARN"})
    void componentsBeginInLowerCase(String member, String component) {
        assertThat(JavaNames.component(member)).isEqualTo(component);
    }

    @ParameterizedTest
    @CsvSource({"statusType, StatusType", "Tag, Tag"})
    void typesBeginInUpperCase(String shape, String type) {
        assertThat(JavaNames.type(shape)).isEqualTo(type);
    }

    @Test
    void aMemberNamedLikeAKeywordIsRefused() {
        assertThatThrownBy(() -> JavaNames.component("Default")).hasMessageContaining("Default");
    }

    @Test
    void literalsEscapeBackslashesAndQuotes() {
        assertThat(JavaNames.literal("a\\S\"")).isEqualTo("\"a\\\\S\\\"\"");
    }
}
