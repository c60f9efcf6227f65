package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.InvalidInput;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final Greetings SERVICE = (_, greeting) -> greeting.operation();

    private final Router router = new Router(Endpoint.bind(Greetings.TABLE, SERVICE));

    private Route find(String method, String path, String query) {
        return router.find(method, path, Query.parse(query));
    }

    @ParameterizedTest
    @CsvSource({
            "GET, /channels, '', ListChannels",
            "GET, /channels, max-results=3&next-token=a%2Fb, ListChannels",
            "GET, /channels, operation=search, ListChannels",
            "GET, /channels, max-results=3&scope=app-instance-user-memberships, ListMemberships",
            "GET, /channels, scope=app-instance-user-memberships&max-results=3, ListMemberships",
            "POST, /channels, '', CreateChannel",
            "POST, /channels, operation=search, SearchChannels",
            "GET, /channels/arn%3Aaws, '', DescribeChannel",
            "DELETE, /channels/arn%3Aaws, '', DeleteChannel",
            "POST, /channels/a/messages/b, operation=redact, RedactMessage",
            "GET, /endpoints/messaging-session, '', GetEndpoint"})
    void aRequestFindsItsOperation(String method, String path, String query, String operation) {
        assertThat(find(method, path, query).endpoint().operation().name()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
            "GET, '', ''",
            "GET, /, ''",
            "GET, channels, ''",
            "GET, *, ''",
            "GET, //channels, ''",
            "GET, /channels/, ''",
            "GET, /channels//messages, ''",
            "GET, /channels/a/, ''",
            "GET, /Channels, ''",
            "PATCH, /channels, ''",
            "HEAD, /channels, ''",
            "GET, /channels/a/b, ''",
            "GET, /channels, scope=other",
            "POST, /channels, operation=Search",
            "POST, /channels/a/messages/b, ''",
            "GET, /nothing, ''"})
    void whatNoOperationWantsIsUnknown(String method, String path, String query) {
        assertThatThrownBy(() -> find(method, path, query))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_OPERATION));
    }

    @ParameterizedTest
    @CsvSource({
            "arn%3Aaws%3Achime%3Aus-east-1%3A123456789012%3Aapp-instance%2Fa%2Fchannel%2Fb",
            "arn%3aaws%3achime%3aus-east-1%3a123456789012%3aapp-instance%2fa%2fchannel%2fb",
            "arn:aws:chime:us-east-1:123456789012:app-instance%2Fa%2Fchannel%2Fb"})
    void everySpellingOfALabelMeansTheSame(String label) {
        assertThat(find("GET", "/channels/" + label, "").labels())
                .containsEntry("channelArn", "arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/b");
    }

    @Test
    void aLabelIsDecodedOnce() {
        assertThat(find("GET", "/channels/a%252Fb+c%40d", "").labels()).containsEntry("channelArn", "a%2Fb+c@d");
    }

    @Test
    void aLabelMayHoldAnyCharacter() {
        assertThat(find("GET", "/channels/%F0%9F%98%80", "").labels()).containsEntry("channelArn", "😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%C3", "%ED%A0%80"})
    void aLabelThatCannotBeDecodedIsInvalid(String label) {
        assertThatThrownBy(() -> find("GET", "/channels/" + label, "")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void theFirstServiceWinsARequestThatTwoWant() {
        Greetings second = (_, _) -> "second";
        var endpoints = new ArrayList<Endpoint<?>>(Endpoint.bind(Greetings.TABLE, SERVICE));
        endpoints.addAll(Endpoint.bind(Greetings.TABLE, second));

        var both = new Router(endpoints);

        assertThat(both.find("GET", "/channels", Query.parse("")).endpoint().service()).isSameAs(SERVICE);
        assertThat(both.find("POST", "/tags", Query.parse("operation=tag-resource")).endpoint().service())
                .isSameAs(SERVICE);
    }

    @Test
    void queryValuesAreDecoded() {
        Query query = Query.parse("a=1+2%2B3&&b&c=%E2%82%AC&=x");

        assertThat(List.of(query.get("a"), query.get("b"), query.get("c"))).containsExactly("1 2+3", "", "€");
        assertThat(query.get("d")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "a=1&a=1", "a&b&a", "a=1&%61=2", "a=1&b=2&a="})
    void aParameterThatComesTwiceIsInvalid(String query) {
        assertThatThrownBy(() -> Query.parse(query)).isInstanceOf(InvalidInput.class);
    }
}
