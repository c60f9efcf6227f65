package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.KEY;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.connect;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requests as other signers than the AWS SDK for Java make them. The signatures were computed once, with the clock
/// stopped, by amazon-chime-sdk-js 3.32.0 and botocore 1.43.11.
class OtherSignersTest {

    private static final byte[] NO_BODY = {};
    private static final String USER = "userArn=arn%3Aaws%3Achime%3Aus-east-1%3A123456789012%3Aapp-instance%2F"
            + "0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab%2Fuser%2F";
    private static final String JS_PARAMETERS = "X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20260301%2Fus-east-1%2Fchime%2Faws4_request"
            + "&X-Amz-Date=20260301T120000Z&X-Amz-Expires=10&X-Amz-SignedHeaders=host"
            + "&X-Amzn-User-Agent=node-NaN&X-Amzn-Version=3.32.0&prefetch-on=connect&";
    private static final String JS_PLAIN = JS_PARAMETERS + "sessionId=1234567890&" + USER + "alice"
            + "&X-Amz-Signature=8aaa5785d39217f7062e2afa44d6621791e989021259108ea7054a5e40bcaf3f";
    private static final String JS_UNUSUAL = JS_PARAMETERS + "sessionId=%C3%A9t%C3%A9%20~%2B&" + USER + "o'neil(1)!*"
            + "&X-Amz-Signature=ace9482066ea6af0d343d5be3a2a0383f566c8435051f009058d5dd4c5db6306";
    private static final String BOTOCORE = "AWS4-HMAC-SHA256 "
            + "Credential=AKIDEXAMPLE/20260301/us-east-1/chime/aws4_request, ";

    private final ChimeDoor authenticator = authenticator();

    @Test
    void theJavaScriptSdkConnects() {
        assertThat(authenticator.authenticateConnect(jsConnect(JS_PLAIN))).isEqualTo(KEY.principal().arn());
    }

    @Test
    void theJavaScriptSdkConnectsWithSignsThatItLeavesLiteral() {
        assertThat(authenticator.authenticateConnect(jsConnect(JS_UNUSUAL))).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aBrowserMayEscapeTheApostrophe() {
        var request = jsConnect(JS_UNUSUAL.replace("'", "%27"));

        assertThat(authenticator.authenticateConnect(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void theOrderOfConnectParametersDoesNotMatter() {
        List<String> parameters = List.of(JS_PLAIN.split("&")).reversed();

        assertThat(authenticator.authenticateConnect(jsConnect(String.join("&", parameters))))
                .isEqualTo(KEY.principal().arn());
    }

    @Test
    void anApiCallIsHeldToTheStrictSpelling() {
        var request = withHeader(jsConnect(JS_UNUSUAL), "host", "chat.example.com:8080");

        assertThatThrownBy(() -> authenticator.authenticate(request)).isInstanceOf(Refused.class);
        assertThat(authenticator.authenticateConnect(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void formEncodedConnectParametersVerify() {
        var request = SIGNER.presign(connect().build(), Duration.ofSeconds(10));
        assertThat(request.rawQuery()).contains("sessionId=1%20234");

        assertThat(authenticator.authenticateConnect(withQuery(request, request.rawQuery().replace("%20", "+"))))
                .isEqualTo(KEY.principal().arn());
    }

    @Test
    void escapedDashesInConnectParametersVerify() {
        var request = SIGNER.presign(connect().build(), Duration.ofSeconds(10));
        String query = request.rawQuery().replace("us-east-1", "us%2Deast%2D1").replace("app-", "app%2d");

        assertThat(authenticator.authenticateConnect(withQuery(request, query))).isEqualTo(KEY.principal().arn());
    }

    @Test
    void connectParametersMayBeSignedAsTheyAreSent() {
        var request = new SignedRequest("GET", "/connect", "userArn=arn%3Aaws%3Achime%3A%2Duser(1)&sessionId=a%2Db",
                Map.of("host", List.of("chat.example.com:8080"), "x-amz-date", List.of("20260301T120000Z"),
                        "authorization", List.of(BOTOCORE + "SignedHeaders=host;x-amz-date, "
                                + "Signature=7a4aaf09bdeed8a42be67e1328a8516ef95afb070c393225b47b3f58f3fc37d8")),
                NO_BODY);

        assertThat(authenticator.authenticateConnect(request)).isEqualTo(KEY.principal().arn());
    }

    @Test
    void aChangedConnectParameterIsRefused() {
        assertThatThrownBy(() -> authenticator.authenticateConnect(jsConnect(JS_PLAIN.replace("alice", "mallory"))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void botocoreSignsWithoutAContentHashHeader() {
        var request = new SignedRequest("PUT", "/channels/arn%3Aaws%3Achime%3A%2Fx/readMarker", "",
                Map.of("host", List.of("localhost:8080"), "x-amz-date", List.of("20260301T120000Z"),
                        "content-type", List.of("application/json"), "x-amz-chime-bearer", List.of("arn:x"),
                        "authorization", List.of(BOTOCORE
                                + "SignedHeaders=content-type;host;x-amz-chime-bearer;x-amz-date, "
                                + "Signature=469de1fb360e416652a2c3cde4e488f82686d5a0ae233c31be258c51d65063b5")),
                "{\"a\": \"\\u00e9\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
        assertThatThrownBy(() -> authenticator.authenticate(SignedRequests.withBody(request, BODY)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theDateHeaderServesWhenThereIsNoAmzDate() {
        var request = new SignedRequest("GET", "/channels", "scope=channel-flow-associations",
                Map.of("host", List.of("localhost:8080"), "date", List.of("Sun, 01 Mar 2026 12:00:00 GMT"),
                        "authorization", List.of(BOTOCORE + "SignedHeaders=date;host, "
                                + "Signature=55d81d90916f9c9e5d904d1b3d70e91aad12749a7d7866d49a72168215b878fd")),
                NO_BODY);

        assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
    }

    private static SignedRequest jsConnect(String query) {
        return new SignedRequest("GET", "/connect", query, Map.of("host", List.of("Chat.Example.com:8080")), NO_BODY);
    }
}
