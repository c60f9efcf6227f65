package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/// Verifies Signature Version 4 on requests, in the `Authorization` header or in the query.
///
/// What a client is told follows the front door of AWS: see the messages here and in [Claim]. None of them repeats what
/// the client sent, except its times.
public final class Authenticator {

    static final Duration SKEW_LIMIT = Duration.ofMinutes(5);

    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final List<String> SIGNED_IF_PRESENT = List.of("x-amz-chime-bearer", Claim.SECURITY_TOKEN_HEADER);

    private final AccessKeys keys;
    private final AcceptedRegions regions;
    private final InstantSource clock;
    private final SigningKeys signingKeys = new SigningKeys();

    public Authenticator(AccessKeys keys, AcceptedRegions regions, InstantSource clock) {
        this.keys = keys;
        this.regions = regions;
        this.clock = clock;
    }

    /// Who signed an API call.
    ///
    /// @param service what it must be signed for
    /// @throws Refused if the request is not signed, or not by a known key, or not rightly
    public Signer authenticate(SignedRequest request, SignedService service) {
        return authenticate(request, service, Reading.API_CALL);
    }

    /// Who signed the request which opens a WebSocket.
    ///
    /// @throws Refused if the request is not signed, or not by a known key, or not rightly
    public Signer authenticateConnect(SignedRequest request) {
        return authenticate(request, SignedService.CHIME, Reading.CONNECT);
    }

    private Signer authenticate(SignedRequest request, SignedService service, Reading reading) {
        QueryParameters query = QueryParameters.parse(request.rawQuery());
        Claim claim = Claim.of(request, query);
        requireScope(claim, service);
        requireCurrent(claim);
        requireSignedHeaders(claim, request);
        AccessKey key = findKey(claim);
        if (!isSignedWith(key, claim, request, query, reading)) {
            throw new Refused(Refusal.INVALID_SIGNATURE);
        }
        return new Signer(key.id(), claim.sessionToken(), key.principal());
    }

    private boolean isSignedWith(AccessKey key, Claim claim, SignedRequest request, QueryParameters query,
            Reading reading) {
        CredentialScope scope = claim.credential().scope();
        List<String> payloadHashes = payloadHashes(claim, request);
        HmacKey kept = signingKeys.find(key, scope);
        HmacKey signingKey = kept == null ? SigningKeys.derive(key.secret(), scope) : kept;
        var canonical = CanonicalRequest.of(request, claim.signedHeaders(), reading.hostInLowerCase());
        for (UnaryOperator<String> spelling : reading.querySpellings()) {
            String canonicalQuery = query.canonical(spelling);
            for (String payloadHash : payloadHashes) {
                String signed = canonical.stringToSign(claim.signedAt(), scope, canonicalQuery, payloadHash);
                if (isSignature(claim.signature(), signingKey.signInHex(signed))) {
                    if (kept == null) {
                        signingKeys.keep(key, scope, signingKey);
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private void requireScope(Claim claim, SignedService service) {
        CredentialScope scope = claim.credential().scope();
        if (!regions.accepts(scope)) {
            throw invalid(switch (regions) {
                case AcceptedRegions.Only(String region) ->
                    "Credential should be scoped to a valid region: '" + region + "'.";
                case AcceptedRegions.Any _ -> "Credential should be scoped to a valid region.";
            });
        }
        if (!scope.service().equals(service.scope())) {
            throw invalid("Credential should be scoped to correct service: '" + service.scope() + "'.");
        }
        if (!scope.day().equals(claim.signedAt().day())) {
            throw invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
        }
    }

    private void requireCurrent(Claim claim) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant signedAt = claim.signedAt().instant();
        Instant earliest = now.minus(claim.lifetime());
        Instant latest = now.plus(SKEW_LIMIT);
        if (signedAt.isBefore(earliest)) {
            throw invalid("Signature expired: " + claim.signedAt().text() + " is now earlier than " + text(earliest)
                    + " (" + text(now) + " - " + inWords(claim.lifetime()) + ".)");
        }
        if (signedAt.isAfter(latest)) {
            throw invalid("Signature not yet current: " + claim.signedAt().text() + " is still later than "
                    + text(latest) + " (" + text(now) + " + " + inWords(SKEW_LIMIT) + ".)");
        }
    }

    private static void requireSignedHeaders(Claim claim, SignedRequest request) {
        if (!claim.signedHeaders().contains("host")) {
            throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (String name : SIGNED_IF_PRESENT) {
            if (request.hasHeader(name) && !claim.signedHeaders().contains(name)) {
                throw invalid("'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
            }
        }
    }

    /// The payload hashes the signature may be over. A presigned request may leave its payload open without saying so.
    private static List<String> payloadHashes(Claim claim, SignedRequest request) {
        String actual = Sha256.hex(request.body());
        String declared = claim.payloadHash();
        boolean mayBeOpen = claim.placement() == Claim.Placement.QUERY;
        if (declared == null) {
            return mayBeOpen ? List.of(actual, UNSIGNED_PAYLOAD) : List.of(actual);
        }
        if (!declared.equals(actual) && !(mayBeOpen && declared.equals(UNSIGNED_PAYLOAD))) {
            throw invalid("The provided 'x-amz-content-sha256' does not match the SHA-256 of the payload.");
        }
        return List.of(declared);
    }

    private AccessKey findKey(Claim claim) {
        AccessKey key = keys.find(claim.credential().keyId(), claim.sessionToken());
        if (key == null) {
            throw new Refused(Refusal.UNRECOGNIZED_CLIENT);
        }
        return key;
    }

    private static boolean isSignature(String claimed, String computed) {
        return MessageDigest.isEqual(claimed.getBytes(StandardCharsets.UTF_8),
                computed.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Instant instant) {
        return SigningTime.of(instant).text();
    }

    private static String inWords(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " sec";
    }

    private static Refused invalid(String message) {
        return new Refused(Refusal.INVALID_SIGNATURE, message);
    }
}
