package bellframe.outbound.oidc;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;
import java.util.regex.Pattern;

/// A token that was read; nothing of it is verified yet.
///
/// Keys that its header brings along or points to are never looked at.
record SignedToken(SignedJWT jwt, JWTClaimsSet claims, String issuer) {

    /// The shape `clientTokenType` of the STS model.
    private static final int LENGTH_MAX = 20_000;
    /// The parser passes over other characters, and takes those of plain Base64 too, so that a token would have many spellings.
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++){2}");

    /// Those of key pairs only: with one of shared secrets, whoever knows a public key could sign.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
            JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    /// RFC 7518, section 3.3.
    private static final int RSA_MIN_BITS = 2048;

    /// @throws Refused if the text is no signed token of a sensible length that names its issuer
    static SignedToken parse(String token) {
        if (token.length() > LENGTH_MAX || !COMPACT.matcher(token).matches()) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        try {
            var jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims.getIssuer() != null) {
                return new SignedToken(jwt, claims, claims.getIssuer());
            }
        } catch (ParseException | RuntimeException _) {
            // The parser lets exceptions of all sorts through for texts that are made to break it.
        }
        throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
    }

    JWSHeader header() {
        return jwt.getHeader();
    }

    /// Whether there can be a key for it. No extension of the standard is understood, so a token that insists on one is
    /// refused (RFC 7515, section 4.1.11).
    boolean mayBeVerified() {
        return ALGORITHMS.contains(header().getAlgorithm()) && header().getCriticalParams() == null;
    }

    boolean isSignedWith(JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa -> rsa.size() >= RSA_MIN_BITS && jwt.verify(new RSASSAVerifier(rsa));
                case ECKey curved -> jwt.verify(new ECDSAVerifier(curved));
                case OctetKeyPair edwards -> Ed25519.verifies(edwards, jwt);
                default -> false;
            };
        } catch (JOSEException _) {
            return false;
        }
    }
}
