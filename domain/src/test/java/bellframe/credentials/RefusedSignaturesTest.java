package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.KEY;
import static bellframe.credentials.SignedRequests.NOW;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.authenticatorAt;
import static bellframe.credentials.SignedRequests.header;
import static bellframe.credentials.SignedRequests.listMessages;
import static bellframe.credentials.SignedRequests.sendMessage;
import static bellframe.credentials.SignedRequests.withAuthorization;
import static bellframe.credentials.SignedRequests.withBody;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withQuery;
import static bellframe.credentials.SignedRequests.withoutHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.refusals.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class RefusedSignaturesTest {

    private static final String MISSING = "MissingAuthenticationTokenException";
    private static final String INCOMPLETE = "IncompleteSignatureException";
    private static final String UNRECOGNIZED = "UnrecognizedClientException";
    private static final String INVALID = "InvalidSignatureException";

    private final SignedRequest signed = SIGNER.sign(sendMessage().build(), BODY);
    private final SignedRequest presigned = SIGNER.presign(listMessages().build(), Duration.ofMinutes(1));

    @Test
    void aRequestWithoutCredentials() {
        assertRefused(withoutHeader(signed, "authorization"), MISSING, "Missing Authentication Token");
    }

    @Test
    void aRequestSignedInBothPlaces() {
        var both = withHeader(presigned, "authorization", header(signed, "authorization"));

        assertRefused(both, INCOMPLETE, "Use either the Authorization header or query-string authentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AWS4-HMAC-SHA256", "Basic YWxhZGRpbjpvcGVuc2VzYW1l", "Bearer abc.def.ghi",
            "AWS4-ECDSA-P256-SHA256 Credential=a/b/c/aws4_request", "aws4-hmac-sha256 Credential=x"})
    void anotherAlgorithm(String authorization) {
        assertRefused(withHeader(signed, "authorization", authorization), INCOMPLETE, "Unsupported AWS 'algorithm'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Credential", "SignedHeaders", "Signature"})
    void anAuthorizationHeaderWithoutOneOfItsParts(String part) {
        assertRefused(withAuthorization(signed, part + "=", "Other="), INCOMPLETE,
                "Authorization header requires '" + part + "' parameter.");
    }

    @Test
    void anAuthorizationHeaderWithAPartTwice() {
        assertRefused(withAuthorization(signed, " Signature=", " Signature=0, Signature="), INCOMPLETE,
                "'Signature' parameter only once");
    }

    @Test
    void twoAuthorizationHeaders() {
        String authorization = header(signed, "authorization");

        assertRefused(withHeader(signed, "authorization", authorization, authorization), INCOMPLETE,
                "'authorization' header must come exactly once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIDEXAMPLE", "AKIDEXAMPLE/20260301/us-east-1/chime",
            "/20260301/us-east-1/chime/aws4_request",
            "AKIDEXAMPLE/20260301/us-east-1/chime/aws4_request/x"})
    void aCredentialOfAnotherShape(String credential) {
        assertRefused(withAuthorization(signed, "AKIDEXAMPLE/20260301/us-east-1/chime/aws4_request", credential),
                INCOMPLETE, "Credential must have exactly 5 slash-delimited elements");
    }

    @Test
    void aCredentialWithAnotherTerminator() {
        assertRefused(withAuthorization(signed, "aws4_request", "aws5_request"), INVALID,
                "Credential should be scoped with a valid terminator: 'aws4_request'.");
    }

    @Test
    void aHeaderThatIsSignedTwice() {
        assertRefused(withAuthorization(signed, "SignedHeaders=", "SignedHeaders=host;"), INCOMPLETE,
                "'SignedHeaders' must name each header only once.");
        assertRefused(withQuery(presigned, presigned.rawQuery()
                .replace("X-Amz-SignedHeaders=", "X-Amz-SignedHeaders=host%3B")), INCOMPLETE,
                "'SignedHeaders' must name each header only once.");
    }

    @Test
    void aRequestWithoutADate() {
        assertRefused(withoutHeader(signed, "x-amz-date"), INCOMPLETE,
                "requires existence of either a 'X-Amz-Date' or a 'Date' header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "20260301T120000", "20261301T120000Z", "20260301T250000Z",
            "2026030XT120000Z",
            "2026-03-01T12:00:00Z"})
    void aDateOfAnotherShape(String date) {
        assertRefused(withHeader(signed, "x-amz-date", date), INCOMPLETE, "Date must be in ISO-8601");
        assertRefused(withHeader(withoutHeader(signed, "x-amz-date"), "date", date), INCOMPLETE,
                "Date must be in ISO-8601");
    }

    @Test
    void twoDates() {
        assertRefused(withHeader(signed, "x-amz-date", "20260301T120000Z", "20260301T120001Z"), INCOMPLETE,
                "'x-amz-date' header must come exactly once");
    }

    @Test
    void anUnknownAccessKey() {
        var stranger = SIGNER.as(AwsCredentialsIdentity.create("AKIDSTRANGER", KEY.secret()));

        assertRefused(stranger.sign(sendMessage().build(), BODY), UNRECOGNIZED,
                "The security token included in the request is invalid.");
    }

    @Test
    void aSessionTokenInAHeader() {
        var temporary = SIGNER.as(AwsSessionCredentialsIdentity.create(KEY.id(), KEY.secret(), "to/k+en=="));
        var request = temporary.sign(sendMessage().build(), BODY);

        assertThat(request.headers()).containsKey("x-amz-security-token");
        assertRefused(request, UNRECOGNIZED, "The security token included in the request is invalid.");
    }

    @Test
    void aSessionTokenInTheQuery() {
        var temporary = SIGNER.as(AwsSessionCredentialsIdentity.create(KEY.id(), KEY.secret(), "to/k+en=="));
        var request = temporary.presign(listMessages().build(), Duration.ofMinutes(1));

        assertThat(request.rawQuery()).contains("X-Amz-Security-Token=");
        assertRefused(request, UNRECOGNIZED, "The security token included in the request is invalid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-security-token", "x-amz-chime-bearer"})
    void aSensitiveHeaderThatIsNotSigned(String name) {
        var request = SIGNER.sign(listMessages().removeHeader("x-amz-chime-bearer").build());

        assertRefused(withHeader(request, name, "x"), INVALID, "'" + name + "' must be a 'SignedHeader'");
        assertRefused(withHeader(SIGNER.presign(listMessages().removeHeader("x-amz-chime-bearer").build(),
                Duration.ofMinutes(1)), name, "x"), INVALID, "'" + name + "' must be a 'SignedHeader'");
    }

    @Test
    void aHostThatIsNotSigned() {
        assertRefused(withAuthorization(signed, ";host;", ";hosts;"), INVALID,
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void aWrongSecret() {
        var request = SIGNER.as(AwsCredentialsIdentity.create(KEY.id(), "wrong")).sign(sendMessage().build(), BODY);

        assertRefused(request, INVALID,
                "The request signature we calculated does not match the signature you provided.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "é", "0000000000000000000000000000000000000000000000000000000000000000"})
    void anotherSignature(String signature) {
        String right = header(signed, "authorization").split("Signature=", -1)[1];

        assertRefused(withAuthorization(signed, right, signature), INVALID,
                "The request signature we calculated does not match the signature you provided.");
    }

    @ParameterizedTest
    @CsvSource({"301,20260301T120001Z,20260301T120501Z", "86400,20260302T115500Z,20260302T120000Z"})
    void anExpiredSignature(long age, String earliest, String now) {
        var refused = refusal(authenticatorAt(NOW.plusSeconds(age)), signed);

        assertThat(refused.refusal().error()).isEqualTo(INVALID);
        assertThat(refused).hasMessage("Signature expired: 20260301T120000Z is now earlier than " + earliest + " ("
                + now + " - 5 min.)");
    }

    @Test
    void aSignatureFromTheFuture() {
        var refused = refusal(authenticatorAt(NOW.minusSeconds(301)), signed);

        assertThat(refused.refusal().error()).isEqualTo(INVALID);
        assertThat(refused).hasMessage("Signature not yet current: 20260301T120000Z is still later than "
                + "20260301T115959Z (20260301T115459Z + 5 min.)");
    }

    @Test
    void anExpiredPresignedRequest() {
        var connect = SIGNER.presign(listMessages().build(), Duration.ofSeconds(10));
        var refused = refusal(authenticatorAt(NOW.plusSeconds(11)), connect);

        assertThat(refused.refusal().error()).isEqualTo(INVALID);
        assertThat(refused).hasMessage("Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z "
                + "(20260301T120011Z - 10 sec.)");
    }

    @Test
    void aPresignedRequestFromTheFuture() {
        var refused = refusal(authenticatorAt(NOW.minusSeconds(301)), presigned);

        assertThat(refused.refusal().error()).isEqualTo(INVALID);
        assertThat(refused).hasMessageStartingWith("Signature not yet current: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "604801", "9999999999", "ten", "1.5", "%2B5", "٣"})
    void aPresignedRequestWithAnotherLifetime(String seconds) {
        assertRefused(withQuery(presigned, presigned.rawQuery().replace("Expires=60", "Expires=" + seconds)),
                INCOMPLETE, "X-Amz-Expires must be a number of seconds from 1 to 604800.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
            "X-Amz-Signature"})
    void aPresignedRequestWithoutOneOfItsParts(String name) {
        assertRefused(withQuery(presigned, presigned.rawQuery().replace(name, "Other")), INCOMPLETE,
                "AWS query-string parameters must include '" + name + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
            "X-Amz-Signature", "X-Amz%2DSignature"})
    void aPresignedRequestWithAPartTwice(String name) {
        assertRefused(withQuery(presigned, presigned.rawQuery() + "&" + name + "=x"), INCOMPLETE, "only once");
    }

    @Test
    void aPresignedRequestWithAnotherAlgorithm() {
        assertRefused(withQuery(presigned, presigned.rawQuery().replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")),
                INCOMPLETE, "Unsupported AWS 'algorithm'");
    }

    @Test
    void aPresignedRequestWithADateOfAnotherShape() {
        assertRefused(withQuery(presigned, presigned.rawQuery().replace("20260301T120000Z", "20260301")), INCOMPLETE,
                "X-Amz-Date must be in the ISO8601 Long Format");
    }

    @Test
    void anotherRegion() {
        assertRefused(SIGNER.inRegion("eu-central-1").sign(sendMessage().build(), BODY), INVALID,
                "Credential should be scoped to a valid region: 'us-east-1'.");
    }

    @Test
    void anotherService() {
        assertRefused(SIGNER.forService("s3").sign(sendMessage().build(), BODY), INVALID,
                "Credential should be scoped to correct service: 'chime'.");
    }

    @Test
    void aScopeOfAnotherDay() {
        assertRefused(withAuthorization(signed, "/20260301/", "/20260228/"), INVALID,
                "Date in Credential scope does not match YYYYMMDD");
    }

    @Test
    void aBodyThatIsNotTheOneThatWasHashed() {
        assertRefused(withBody(signed, new byte[]{'{', '}'}), INVALID, "'x-amz-content-sha256' does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", "e3b0"})
    void aSignedRequestThatLeavesItsBodyOpen(String contentHash) {
        assertRefused(withHeader(signed, "x-amz-content-sha256", contentHash), INVALID,
                "'x-amz-content-sha256' does not match");
    }

    @Test
    void aPresignedRequestWithAnotherBodyThanTheOneItSigned() {
        var request = SIGNER.presign(sendMessage().build(), BODY, Duration.ofMinutes(1), true);

        assertRefused(withBody(request, new byte[]{'{', '}'}), INVALID,
                "The request signature we calculated does not match the signature you provided.");
    }

    @Test
    void noRefusalRepeatsTheSignatureOrTheSecret() {
        var refused = refusal(authenticator(), withHeader(signed, "x-amz-chime-bearer", "arn:other"));

        assertThat(refused.toString()).doesNotContain(KEY.secret())
                .doesNotContain(header(signed, "authorization").split("Signature=", -1)[1]);
    }

    private static void assertRefused(SignedRequest request, String error, String message) {
        var refused = refusal(authenticator(), request);
        assertThat(refused.refusal().error()).isEqualTo(error);
        assertThat(refused.refusal().status()).isEqualTo(403);
        assertThat(refused).hasMessageContaining(message);
    }

    private static Refused refusal(ChimeDoor authenticator, SignedRequest request) {
        return catchThrowableOfType(Refused.class, () -> authenticator.authenticate(request));
    }
}
