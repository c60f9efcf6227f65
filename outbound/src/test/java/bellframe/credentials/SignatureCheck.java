package bellframe.credentials;

import bellframe.refusals.Refused;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Verifies signatures that are made for others than this server, with what it verifies its own with.
public final class SignatureCheck {

    private SignatureCheck() {
    }

    /// What is wrong with the signature; null if nothing is.
    public static @Nullable String fault(SignedRequest request, String keyId, String secret, String service,
            String region) {
        Claim claim;
        QueryParameters query = QueryParameters.parse(request.rawQuery());
        try {
            claim = Claim.of(request, query);
        } catch (Refused refused) {
            return "no signature that can be read: " + refused.getMessage();
        }
        CredentialScope scope = claim.credential().scope();
        if (!claim.credential().keyId().equals(keyId)) {
            return "signed with another key";
        }
        if (!scope.service().equals(service) || !scope.region().equals(region)) {
            return "signed for " + scope;
        }
        String payloadHash = claim.payloadHash() == null ? Sha256.hex(request.body()) : claim.payloadHash();
        String signed = CanonicalRequest.of(request, claim.signedHeaders(), false)
                .stringToSign(claim.signedAt(), scope, query.canonical(UnaryOperator.identity()), payloadHash);
        return claim.signature().equals(SigningKeys.derive(secret, scope).signInHex(signed))
                && payloadHash.equals(Sha256.hex(request.body())) ? null : "the signature is wrong";
    }
}
