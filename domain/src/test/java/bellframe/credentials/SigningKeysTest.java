package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked examples that AWS publishes.
class SigningKeysTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// The published signing keys cannot be compared with, for a key does not tell its bytes; what they sign can.
    @ParameterizedTest
    @CsvSource({
            "20150830,c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
            "20120215,f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"})
    void aSigningKeyIsDerivedFromTheSecretAndTheScope(String day, String signingKey) {
        HmacKey derived = SigningKeys.derive(SECRET, new CredentialScope(day, "us-east-1", "iam"));

        assertThat(derived.signInHex("text"))
                .isEqualTo(new HmacKey(HexFormat.of().parseHex(signingKey)).signInHex("text"));
    }

    @Test
    void theExampleRequestHasTheExampleSignature() {
        var request = new SignedRequest("GET", "/", "Action=ListUsers&Version=2010-05-08",
                Map.of("content-type", List.of("application/x-www-form-urlencoded; charset=utf-8"),
                        "host", List.of("iam.amazonaws.com"),
                        "x-amz-date", List.of("20150830T123600Z")),
                new byte[0]);
        var scope = new CredentialScope("20150830", "us-east-1", "iam");
        var canonical = CanonicalRequest.of(request, SignedHeaders.parse("content-type;host;x-amz-date"), false);
        String query = QueryParameters.parse(request.rawQuery()).canonical(UnaryOperator.identity());
        String noPayload = Sha256.hex(request.body());
        var signedAt = SigningTime.of(Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(canonical.hash(query, noPayload))
                .isEqualTo("f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
        assertThat(SigningKeys.derive(SECRET, scope)
                .signInHex(canonical.stringToSign(signedAt, scope, query, noPayload)))
                .isEqualTo("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @Test
    void aKeptKeyIsFoundForItsSecretAndScopeAlone() {
        var keys = new SigningKeys();
        var scope = new CredentialScope("20150830", "us-east-1", "iam");
        var key = new AccessKey("AKIDEXAMPLE", SECRET, SignedRequests.KEY.principal());
        HmacKey derived = SigningKeys.derive(SECRET, scope);

        keys.keep(key, scope, derived);

        assertThat(keys.find(key, new CredentialScope("20150830", "us-east-1", "iam"))).isSameAs(derived);
        assertThat(keys.find(key, new CredentialScope("20150831", "us-east-1", "iam"))).isNull();
        assertThat(keys.find(new AccessKey("AKIDEXAMPLE", "another", key.principal()), scope)).isNull();
    }
}
