package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UncheckedAuthenticatorTest {

    private static final Principal ROOT = SignedRequests.KEY.principal();
    private static final AccessKey KNOWN = new AccessKey("AKIAKNOWN", "secret", new Principal(Principal.Kind.USER,
            "arn:aws:iam::123456789012:user/known", "arn:aws:iam::123456789012:user/known", "AIDAKNOWN", "known",
            new TreeMap<>(), List.of(), null));

    private final UncheckedAuthenticator authenticator = new UncheckedAuthenticator(
            UncheckedAuthenticatorTest::find, ROOT);

    private static @Nullable AccessKey find(String id, @Nullable String token) {
        if ("expired".equals(token)) {
            throw new Refused(Refusal.EXPIRED_TOKEN);
        }
        return id.equals(KNOWN.id()) && token == null ? KNOWN : null;
    }

    private static SignedRequest request(String keyId, @Nullable String token) {
        Map<String, List<String>> headers = new TreeMap<>(Map.of(
                "authorization", List.of("AWS4-HMAC-SHA256 Credential=" + keyId
                        + "/20260301/mars/chime/aws4_request, SignedHeaders=host, Signature=00"),
                "x-amz-date", List.of("20260301T120000Z"),
                "host", List.of("localhost")));
        if (token != null) {
            headers.put("x-amz-security-token", List.of(token));
        }
        return new SignedRequest("GET", "/channels", "", headers, new byte[0]);
    }

    @Test
    void anyKeyStandsForRoot() {
        assertThat(authenticator.authenticate(request("AKIAANY", null)).principal()).isEqualTo(ROOT);
        assertThat(authenticator.authenticate(request("ASIAANY", "any token")).principal()).isEqualTo(ROOT);
    }

    @Test
    void aKnownKeyStandsForItsPrincipalWhateverItsSignature() {
        Signer signer = authenticator.authenticate(request(KNOWN.id(), null));

        assertThat(signer.principal()).isEqualTo(KNOWN.principal());
        assertThat(find(authenticator.keys(), KNOWN.id())).isEqualTo(KNOWN.principal());
    }

    @Test
    void whoeverWasAuthenticatedIsFoundAgain() {
        Signer signer = authenticator.authenticate(request("AKIAANY", null));

        assertThat(find(authenticator.keys(), signer.accessKeyId())).isEqualTo(ROOT);
    }

    @Test
    void credentialsWhoseTimeIsOverDoNotBecomeRoot() {
        assertThatThrownBy(() -> authenticator.authenticate(request("ASIAKNOWN", "expired")))
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.EXPIRED_TOKEN));
    }

    @ParameterizedTest
    @CsvSource({"origin, http://localhost:3000", "origin, https://127.0.0.1", "origin, http://[::1]:8080",
            "origin, http://app.localhost:3000", "sec-fetch-site, same-site", "sec-fetch-site, none"})
    void aPageOfThisMachineIsBelieved(String header, String value) {
        assertThat(authenticator.authenticate(requestWith(header, value)).principal()).isEqualTo(ROOT);
    }

    @ParameterizedTest
    @CsvSource({"origin, https://evil.example.com", "origin, null", "origin, http://localhost.evil.example.com",
            "origin, http://127.0.0.1.evil.example.com", "origin, http://evillocalhost", "origin, file://",
            "sec-fetch-site, cross-site"})
    void aPageOfAnotherMachineIsNot(String header, String value) {
        assertThatThrownBy(() -> authenticator.authenticate(requestWith(header, value))).isInstanceOfSatisfying(
                Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.ACCESS_DENIED));
    }

    private static SignedRequest requestWith(String header, String value) {
        SignedRequest plain = request("AKIAANY", null);
        var headers = new TreeMap<>(plain.headers());
        headers.put(header, List.of(value));
        return new SignedRequest(plain.method(), plain.rawPath(), plain.rawQuery(), headers, plain.body());
    }

    @Test
    void whoSaysNothingOfASignatureIsNotBelieved() {
        var bare = new SignedRequest("GET", "/channels", "", Map.of("host", List.of("localhost")), new byte[0]);

        assertThatThrownBy(() -> authenticator.authenticate(bare)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MISSING_AUTHENTICATION));
    }

    private static Principal find(AccessKeys keys, String id) {
        return Objects.requireNonNull(keys.find(id, null)).principal();
    }
}
