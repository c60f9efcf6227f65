package bellframe.outbound.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.oidc.OidcProviderServer.Behaviour;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.TokenIssuer;
import bellframe.sts.WebIdentity;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcIdentitiesTest {

    private static final String TAGS = "https://aws.amazon.com/tags";
    private static final int CHANGES = Boolean.getBoolean("bellframe.long") ? 100_000 : 100;
    private static final SigningKey RSA = SigningKey.rsa(2048);
    private static final SigningKey OTHER_RSA = SigningKey.rsa(2048);

    @TempDir
    private static Path folder;

    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private OidcProviderServer server;
    private OidcIdentities identities;

    @BeforeEach
    void begin() throws IOException {
        server = provider("");
        identities = identities(FetchLimits.STANDARD, server);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable open : opened.reversed()) {
            open.close();
        }
    }

    @Test
    void aVerifiedTokenTellsWhoItIsAbout() {
        Map<String, Object> claims = claims();
        claims.put("name", "Alice");
        claims.put("amr", List.of("authenticated", "example.com"));
        claims.put("email_verified", true);

        WebIdentity identity = verify(server.token(claims));

        assertThat(identity.issuer()).isEqualTo(server.url());
        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.audience()).isEqualTo("app");
        assertThat(identity.name()).isEqualTo("Alice");
        assertThat(identity.expires()).isEqualTo(now.plus(Duration.ofHours(1)));
        assertThat(identity.claims()).containsEntry("amr", List.of("authenticated", "example.com"))
                .containsEntry("aud", List.of("app"))
                .doesNotContainKeys("exp", "email_verified");
    }

    @Test
    void theIssuerOfATokenIsReadWithoutVerifyingIt() {
        assertThat(identities.issuerOf(SigningKey.of(JWSAlgorithm.ES256)
                .sign(RSA.header(JWSAlgorithm.ES256).build(), Map.of("iss", "https://example.com"))))
                .isEqualTo("https://example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "..", "bnVsbA.bnVsbA.bnVsbA", "e30.e30.e30"})
    void aTextThatIsNoTokenIsRefused(String text) {
        assertThat(refusal(() -> identities.issuerOf(text))).isEqualTo(Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(text, Refusal.INVALID_IDENTITY_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void signaturesOfKeyPairsAreAccepted(String name) {
        var algorithm = JWSAlgorithm.parse(name);
        SigningKey key = name.startsWith("E") ? SigningKey.of(algorithm) : RSA;
        server.publish(key);

        assertThat(verify(key.sign(key.header(algorithm).build(), claims())).subject()).isEqualTo("alice");

        SigningKey other = name.startsWith("E") ? SigningKey.of(algorithm) : OTHER_RSA;
        assertRefused(other.sign(key.header(algorithm).build(), claims()), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertRefused(server.unsignedToken(claims()), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aPublicKeyIsNoSharedSecret() {
        server.publish(RSA);
        assertRefused(server.tokenSignedWithPublicKey(claims()), Refusal.INVALID_IDENTITY_TOKEN);
        assertThat(server.fetches()).isZero();
    }

    @Test
    void aShortRsaKeyIsNotUsed() {
        server.publish(SigningKey.rsa(1024));
        assertRefused(server.token(claims()), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aKeyForEncryptionIsNotUsed() {
        var published = new ECKey.Builder(server.key().published().toECKey()).keyUse(KeyUse.ENCRYPTION).build();
        server.publish(new SigningKey(published, server.key().secret()));
        assertRefused(server.token(claims()), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsIgnored() {
        OidcProviderServer attacker = provider("");
        SigningKey key = attacker.key();
        JWSHeader header = key.header(JWSAlgorithm.ES256)
                .jwk(key.published())
                .jwkURL(URI.create(attacker.url() + "/keys"))
                .x509CertURL(URI.create(attacker.url() + "/certificate"))
                .build();

        assertRefused(key.sign(header, claims()), Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(key.sign(new JWSHeader.Builder(header).keyID(server.key().published().getKeyID()).build(),
                claims()), Refusal.INVALID_IDENTITY_TOKEN);
        assertThat(attacker.fetches() + attacker.otherRequests()).isZero();
        assertThat(verify(server.key()
                .sign(new JWSHeader.Builder(header).keyID(server.key().published().getKeyID()).build(), claims()))
                .subject()).isEqualTo("alice");
    }

    @Test
    void anExtensionThatTheTokenInsistsOnIsRefused() {
        JWSHeader header = server.key()
                .header(JWSAlgorithm.ES256)
                .criticalParams(Set.of("https://example.com/extension"))
                .customParam("https://example.com/extension", true)
                .build();
        assertRefused(server.key().sign(header, claims()), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String token = server.token(claims());
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        var random = new Random(seed);
        for (int i = 0; i < CHANGES; i++) {
            // The last character has bits that are not used.
            int at = random.nextInt(token.length() - 1);
            char other = (char) random.nextInt(' ', token.charAt(at));
            String changed = token.substring(0, at) + other + token.substring(at + 1);

            assertThat(refusal(() -> verify(changed))).as("seed %d, %s", seed, changed)
                    .isEqualTo(Refusal.INVALID_IDENTITY_TOKEN);
        }
    }

    /// `+` and `-` are the same in the two alphabets of Base64, as are `/` and `_`.
    @Test
    void aTokenHasOneSpelling() {
        for (int i = 0; i < 20; i++) {
            String token = server.token(claims());
            int signature = token.lastIndexOf('.');
            String other = token.substring(0, signature)
                    + token.substring(signature).replace('-', '+').replace('_', '/');

            if (!other.equals(token)) {
                assertRefused(other, Refusal.INVALID_IDENTITY_TOKEN);
            }
            assertRefused(token + "\n", Refusal.INVALID_IDENTITY_TOKEN);
            assertRefused(token.substring(0, signature + 3) + " " + token.substring(signature + 3),
                    Refusal.INVALID_IDENTITY_TOKEN);
        }
    }

    @Test
    void aTokenThatIsNestedDeeplyIsRefused() {
        String nested = "{\"iss\":" + "[".repeat(7_000) + "]".repeat(7_000) + "}";
        String header = Base64URL.encode("{\"alg\":\"ES256\"}").toString();
        assertRefused(header + "." + Base64URL.encode(nested) + ".AAAA", Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(Base64URL.encode(nested) + "." + header + ".AAAA", Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aTokenOfTheGreatestLengthIsAcceptedAndALongerOneRefused() {
        Map<String, Object> claims = claims();
        claims.put("padding", "");
        // Three bytes make four characters.
        int room = (20_000 - server.token(claims).length()) / 4 * 3;
        claims.put("padding", "x".repeat(room));
        assertThat(server.token(claims).length()).isBetween(19_996, 20_000);
        assertThat(verify(server.token(claims)).subject()).isEqualTo("alice");

        claims.put("padding", "x".repeat(room + 6));
        assertRefused(server.token(claims), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void theIssuerMustBeTheProviderToTheLastSlash() {
        assertRefused(with("iss", server.url() + "/"), Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(with("iss", "https://example.com"), Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(without("iss"), Refusal.INVALID_IDENTITY_TOKEN);
        assertThat(server.fetches()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/realms/chat", "/realms/chat/"})
    void aProviderMayHaveAPath(String path) throws IOException {
        OidcProviderServer other = provider(path);
        WebIdentity identity = identities(FetchLimits.STANDARD, other)
                .verify(registered(other), other.token(other.claims("alice", "app", now)));
        assertThat(identity.issuer()).isEqualTo(other.url()).endsWith(path);
    }

    @Test
    void theAudienceMustBeARegisteredClient() {
        assertRefused(with("aud", "other"), Refusal.IDP_REJECTED_CLAIM);
        assertRefused(with("aud", List.of("other", "another")), Refusal.IDP_REJECTED_CLAIM);
        assertRefused(with("aud", List.of()), Refusal.IDP_REJECTED_CLAIM);
        assertRefused(without("aud"), Refusal.IDP_REJECTED_CLAIM);
    }

    @Test
    void aTokenForSeveralAudiencesIsForTheOneItWasIssuedTo() {
        assertThat(verify(with("aud", List.of("other", "second", "app"))).audience()).isEqualTo("second");

        Map<String, Object> claims = claims();
        claims.put("aud", List.of("other", "second", "app"));
        claims.put("azp", "app");
        assertThat(verify(server.token(claims)).audience()).isEqualTo("app");
        claims.put("azp", "other");
        assertRefused(server.token(claims), Refusal.IDP_REJECTED_CLAIM);
        claims.put("azp", 7);
        assertRefused(server.token(claims), Refusal.IDP_REJECTED_CLAIM);
    }

    @Test
    void aTokenExpiresFiveMinutesAfterItsTime() {
        String token = server.token(claims());
        now = now.plus(Duration.ofHours(1)).plus(ClaimRules.SKEW_LIMIT).minusSeconds(1);
        assertThat(verify(token).subject()).isEqualTo("alice");
        now = now.plusSeconds(1);
        assertRefused(token, Refusal.EXPIRED_IDENTITY_TOKEN);
        assertRefused(without("exp"), Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(with("exp", "tomorrow"), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void aTokenFromTheFutureIsRefused(String claim) {
        long latest = now.plus(ClaimRules.SKEW_LIMIT).getEpochSecond();
        assertThat(verify(with(claim, latest)).subject()).isEqualTo("alice");
        assertRefused(with(claim, latest + 1), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void aTokenHasASubject() {
        assertRefused(without("sub"), Refusal.INVALID_IDENTITY_TOKEN);
        assertRefused(with("sub", ""), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void sessionTagsAreReadFromOneClaim() {
        WebIdentity identity = verify(with(TAGS, Map.of(
                "principal_tags", Map.of("Project", List.of("Automation"), "Department", "Engineering"),
                "transitive_tag_keys", List.of("Project"))));
        assertThat(identity.principalTags()).isEqualTo(Map.of("Project", "Automation", "Department", "Engineering"));
        assertThat(identity.transitiveTagKeys()).containsExactly("Project");
    }

    @Test
    void sessionTagsAreReadFromAClaimEach() {
        Map<String, Object> claims = claims();
        claims.put(TAGS + "/principal_tags/Project", "Automation");
        claims.put(TAGS + "/principal_tags/Department", List.of("Engineering"));
        claims.put(TAGS + "/transitive_tag_keys", List.of("Project", "Department"));
        WebIdentity identity = verify(server.token(claims));
        assertThat(identity.principalTags()).isEqualTo(Map.of("Project", "Automation", "Department", "Engineering"));
        assertThat(identity.transitiveTagKeys()).containsExactly("Project", "Department");
    }

    @Test
    void aSessionTagHasExactlyOneValue() {
        for (Object value : List.of(List.of(), List.of("a", "b"), 7, List.of(7), Map.of())) {
            assertRefused(with(TAGS, Map.of("principal_tags", Map.of("Project", value))),
                    Refusal.INVALID_IDENTITY_TOKEN);
        }
        assertRefused(with(TAGS, List.of("Project")), Refusal.INVALID_IDENTITY_TOKEN);
        Map<String, Object> twice = claims();
        twice.put(TAGS, Map.of("principal_tags", Map.of("Project", "a")));
        twice.put(TAGS + "/principal_tags/Project", "b");
        assertRefused(server.token(twice), Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void keysAreFetchedOnce() throws Exception {
        String token = server.token(claims());
        assertThat(together(50, () -> verify(token).subject())).containsOnly("alice");
        verify(token);
        assertThat(server.fetches()).isEqualTo(1);
    }

    @Test
    void aNewKeyIsFoundAtOnce() {
        verify(server.token(claims()));
        server.rotateKeys();
        assertThat(verify(server.token(claims())).subject()).isEqualTo("alice");
        assertThat(server.fetches()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotUnderstoodIsPassedOver() {
        server.publishStrange(List.of(
                Map.of(),
                Map.of("kty", "XYZ", "kid", "a"),
                Map.of("kty", "oct", "k", "AAAA"),
                Map.of("kty", "RSA", "kid", "b"),
                Map.of("kty", "EC", "crv", "P-256", "x", "AA", "y", "AA")));
        assertThat(verify(server.token(claims())).subject()).isEqualTo("alice");
    }

    @Test
    void madeUpKeyIdsDoNotTroubleTheProvider() {
        verify(server.token(claims()));
        for (int i = 0; i < 20; i++) {
            assertRefused(SigningKey.curved(Curve.P_256)
                    .sign(
                            SigningKey.curved(Curve.P_256).header(JWSAlgorithm.ES256).build(), claims()),
                    Refusal.INVALID_IDENTITY_TOKEN);
        }
        assertThat(server.fetches()).isEqualTo(2);
        assertThat(verify(server.token(claims())).subject()).isEqualTo("alice");

        now = now.plus(ProviderKeys.FETCH_INTERVAL);
        server.rotateKeys();
        assertThat(verify(server.token(claims())).subject()).isEqualTo("alice");
        assertThat(server.fetches()).isEqualTo(3);
    }

    @Test
    void aWithdrawnKeyIsForgotten() {
        Map<String, Object> claims = claims();
        String old = server.token(claims);
        verify(old);
        server.rotateKeys();
        assertThat(verify(old).subject()).isEqualTo("alice");
        now = now.plus(ProviderKeys.LIFE);
        assertRefused(old, Refusal.INVALID_IDENTITY_TOKEN);
    }

    @Test
    void keysAreRenewedBeforeAnybodyHasToWait() {
        String old = server.token(claims());
        verify(old);
        server.rotateKeys();
        now = now.plus(ProviderKeys.LIFE).minusSeconds(60);
        assertThat(verify(old).subject()).isEqualTo("alice");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (isVerified(old)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void keysOutliveTheirProviderForADay() {
        Map<String, Object> claims = claims();
        claims.put("exp", now.plus(Duration.ofDays(9)).getEpochSecond());
        String token = server.token(claims);
        verify(token);
        server.close();

        now = now.plus(Duration.ofHours(1));
        assertThat(verify(token).subject()).isEqualTo("alice");
        now = now.plus(Duration.ofHours(22));
        assertThat(verify(token).subject()).isEqualTo("alice");
        now = now.plus(Duration.ofHours(1));
        assertRefused(token, Refusal.IDP_COMMUNICATION_ERROR);
    }

    @Test
    void aProviderThatIsDownCannotBeAsked() {
        String token = server.token(claims());
        server.close();
        assertRefused(token, Refusal.IDP_COMMUNICATION_ERROR);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "REDIRECTING", "GARBAGE", "NOTHING", "OTHER_ISSUER", "PLAIN_KEYS"})
    void aProviderThatAnswersBadlyIsAskedAgainLater(Behaviour behaviour) {
        server.behave(behaviour);
        String token = server.token(claims());
        assertRefused(token, Refusal.IDP_COMMUNICATION_ERROR);
        assertThat(server.otherRequests()).isZero();

        server.behave(Behaviour.WELL);
        now = now.plus(ProviderKeys.FETCH_INTERVAL);
        assertThat(verify(token).subject()).isEqualTo("alice");
    }

    @Test
    void aDocumentHasAGreatestSize() {
        server.fillDocuments(Documents.SIZE_MAX_BYTES + 1);
        String token = server.token(claims());
        assertRefused(token, Refusal.IDP_COMMUNICATION_ERROR);

        server.fillDocuments(Documents.SIZE_MAX_BYTES);
        now = now.plus(ProviderKeys.FETCH_INTERVAL);
        assertThat(verify(token).subject()).isEqualTo("alice");
    }

    @Test
    void aProviderThatDoesNotAnswerDelaysNobodyElse() throws Exception {
        OidcProviderServer silent = provider("");
        silent.behave(Behaviour.SILENT);
        OidcIdentities both = identities(FetchLimits.STANDARD, silent, server);
        String token = silent.token(silent.claims("alice", "app", now));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<Refusal>>();
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> refusal(() -> both.verify(registered(silent), token))));
            }
            silent.awaitRequest();
            assertThat(both.verify(registered(server), server.token(claims())).subject()).isEqualTo("alice");
            assertThat(waiting).noneMatch(Future::isDone);

            silent.close();
            for (Future<Refusal> refused : waiting) {
                assertThat(refused.get()).isEqualTo(Refusal.IDP_COMMUNICATION_ERROR);
            }
        }
        assertThat(silent.fetches()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "STUCK"})
    void aFetchEndsInTime(Behaviour behaviour) throws Exception {
        server.behave(behaviour);
        OidcIdentities impatient = identities(new FetchLimits(Duration.ofSeconds(3), Duration.ofMillis(300)), server);
        String token = server.token(claims());

        assertThat(together(20, () -> refusal(() -> impatient.verify(registered(server), token))))
                .containsOnly(Refusal.IDP_COMMUNICATION_ERROR);
        assertThat(server.fetches()).isLessThanOrEqualTo(1);
    }

    @Test
    void aProviderWithoutATrustedCertificateIsNotAsked() throws IOException {
        String token = server.token(claims());
        OidcIdentities untrusting = identities(FetchLimits.STANDARD);
        assertThat(refusal(() -> untrusting.verify(registered(server), token)))
                .isEqualTo(Refusal.IDP_COMMUNICATION_ERROR);
        assertThat(server.fetches()).isZero();
    }

    @Test
    void aCertificateOfAnotherNameIsNotTrusted() {
        String url = server.url().replace("localhost", "127.0.0.1");
        assertThat(refusal(() -> identities.verify(new TokenIssuer(url, List.of("app")), with("iss", url))))
                .isEqualTo(Refusal.IDP_COMMUNICATION_ERROR);
    }

    @Test
    void aProviderIsAskedOverHttpsOnly() {
        String url = server.url().replace("https:", "http:");
        assertThat(refusal(() -> identities.verify(new TokenIssuer(url, List.of("app")), with("iss", url))))
                .isEqualTo(Refusal.IDP_COMMUNICATION_ERROR);
        assertThat(server.fetches()).isZero();
    }

    private OidcProviderServer provider(String path) {
        var provider = new OidcProviderServer(path);
        opened.add(provider);
        return provider;
    }

    private OidcIdentities identities(FetchLimits limits, OidcProviderServer... trusted) throws IOException {
        var bundle = new StringBuilder();
        for (OidcProviderServer provider : trusted) {
            bundle.append(Files.readString(provider.writeAuthority(folder)));
        }
        Path file = Files.writeString(Files.createTempFile(folder, "bundle", ".pem"), bundle);
        var created = new OidcIdentities(trusted.length == 0 ? null : file, () -> now, limits);
        opened.add(created);
        return created;
    }

    private static TokenIssuer registered(OidcProviderServer provider) {
        return new TokenIssuer(provider.url(), List.of("app", "second"));
    }

    private Map<String, Object> claims() {
        return server.claims("alice", "app", now);
    }

    private String with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return server.token(claims);
    }

    private String without(String claim) {
        var claims = new HashMap<>(claims());
        claims.remove(claim);
        return server.token(claims);
    }

    private WebIdentity verify(String token) {
        return identities.verify(registered(server), token);
    }

    private boolean isVerified(String token) {
        try {
            verify(token);
            return true;
        } catch (Refused _) {
            return false;
        }
    }

    private void assertRefused(String token, Refusal refusal) {
        assertThat(refusal(() -> verify(token))).isEqualTo(refusal);
    }

    private static Refusal refusal(Callable<?> verification) {
        Refused refused = catchThrowableOfType(Refused.class, verification::call);
        assertThat(refused).as("refusal").isNotNull();
        return refused.refusal();
    }

    private static <T> List<T> together(int count, Callable<T> task) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(Collections.nCopies(count, task))) {
                results.add(result.get());
            }
        }
        return results;
    }
}
