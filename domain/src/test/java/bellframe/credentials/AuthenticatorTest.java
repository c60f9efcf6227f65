package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.KEY;
import static bellframe.credentials.SignedRequests.NOW;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.authenticatorAt;
import static bellframe.credentials.SignedRequests.listMessages;
import static bellframe.credentials.SignedRequests.redactMessage;
import static bellframe.credentials.SignedRequests.request;
import static bellframe.credentials.SignedRequests.sendMessage;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class AuthenticatorTest {

    private final ChimeDoor authenticator = authenticator();

    @Test
    void aSignedRequestStandsForThePrincipalOfItsKey() {
        var request = SIGNER.sign(sendMessage().build(), BODY);

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aRequestCanBeVerifiedAgainWithTheKeptSigningKey() {
        authenticator.authenticate(SIGNER.sign(sendMessage().build(), BODY));

        assertThat(authenticator.authenticate(SIGNER.sign(redactMessage().build()))).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aFixedQueryKeyIsPartOfWhatIsSigned() {
        var request = SIGNER.sign(redactMessage().build());

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aQueryWithReservedCharactersAndLettersBeyondAsciiVerifies() {
        var request = SIGNER.sign(listMessages().build());

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void theOrderAndSpellingOfQueryParametersDoNotMatter() {
        var request = SIGNER.sign(request(SdkHttpMethod.GET, "/channels")
                .putRawQueryParameter("scope", "app-instance-user-memberships")
                .putRawQueryParameter("a", "x y")
                .putRawQueryParameter("a-b", "2")
                .putRawQueryParameter("flag", "")
                .build());

        assertThat(authenticator.authenticate(
                withQuery(request, "flag&a-b=2&&a=x+y&scope=app%2dinstance-user%2Dmemberships")))
                .isEqualTo(KEY.principal().arn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/connect", "/app-instance-users/a%40b~c._-", "/x/%25%C3%A9%20", "/a:b/c%3ad",
            "/tags+1"})
    void aPathIsVerifiedAsItWasSent(String path) {
        var request = SIGNER.sign(request(SdkHttpMethod.GET, path).build());

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void spacesAroundAndInsideHeaderValuesAreCollapsed() {
        var request = SIGNER.sign(sendMessage().putHeader("x-amz-user-agent", "  a   b ").build(), BODY);

        assertThat(authenticator.authenticate(withHeader(request, "x-amz-user-agent", "a b  ")))
                .isEqualTo(KEY.principal().arn());
    }

    @Test
    void severalValuesOfOneHeaderAreJoined() {
        var request = SIGNER.sign(sendMessage().putHeader("x-custom", "a,b").build(), BODY);

        assertThat(authenticator.authenticate(withHeader(request, "x-custom", "a", "b")))
                .isEqualTo(KEY.principal().arn());
    }

    @Test
    void anUnsignedHeaderMayChangeOnTheWay() {
        var request = SIGNER.sign(sendMessage().build(), BODY);

        assertThat(authenticator.authenticate(withHeader(request, "x-forwarded-for", "10.0.0.1")))
                .isEqualTo(KEY.principal().arn());
    }

    @Test
    void aPresignedRequestVerifies() {
        var request = SIGNER.presign(listMessages().build(), Duration.ofMinutes(1));

        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aPresignedRequestMaySignItsBody() {
        var request = SIGNER.presign(sendMessage().build(), BODY, Duration.ofMinutes(1), true);

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aPresignedRequestMayLeaveItsBodyOpen() {
        var request = SIGNER.presign(sendMessage().build(), BODY, Duration.ofMinutes(1), false);

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aPresignedRequestIsGoodForAWeek() {
        var lifetime = Duration.ofDays(7);
        var request = SIGNER.presign(listMessages().build(), lifetime);

        assertThat(authenticatorAt(NOW.plus(lifetime)).authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void aClockMayDifferByFiveMinutes(long seconds) {
        var request = SIGNER.sign(sendMessage().build(), BODY);

        assertThat(authenticatorAt(NOW.plusSeconds(seconds)).authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aServerThatTakesAnyRegionTakesAnother() {
        var anywhere = new ChimeDoor(SignedRequests::find, new AcceptedRegions.Any(), () -> NOW);
        var request = SIGNER.inRegion("eu-central-1").sign(sendMessage().build(), BODY);

        assertThat(anywhere.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aChangedSecretCountsAtOnce() {
        var current = new AtomicReference<>(KEY);
        var server = new ChimeDoor((_, _) -> current.get(), SignedRequests.REGION, () -> NOW);
        var old = SIGNER.sign(sendMessage().build(), BODY);
        server.authenticate(old);

        current.set(new AccessKey(KEY.id(), "another", KEY.principal()));

        assertThatThrownBy(() -> server.authenticate(old)).isInstanceOf(Refused.class);
        var renewed = SIGNER.as(AwsCredentialsIdentity.create(KEY.id(), "another")).sign(sendMessage().build(), BODY);
        assertThat(server.authenticate(renewed)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aRequestDescribesItselfWithoutItsSecrets() {
        var request = SIGNER.presign(listMessages().build(), Duration.ofMinutes(1));

        assertThat(request.toString()).isEqualTo("SignedRequest[GET " + request.rawPath() + "]");
    }
}
