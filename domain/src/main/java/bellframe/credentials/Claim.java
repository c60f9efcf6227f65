package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request says about its own signature, in whichever of the two places; nothing of it is verified yet.
///
/// @param lifetime how long after `signedAt` the signature is good
/// @param payloadHash the payload hash that was declared, if any
record Claim(
        Placement placement,
        Credential credential,
        SignedHeaders signedHeaders,
        String signature,
        SigningTime signedAt,
        Duration lifetime,
        @Nullable String sessionToken,
        @Nullable String payloadHash) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String SECURITY_TOKEN_HEADER = "x-amz-security-token";
    static final String CONTENT_HASH_HEADER = "x-amz-content-sha256";

    /// Where the signature is.
    enum Placement {
        HEADER,
        QUERY
    }

    /// Finds the claim.
    ///
    /// @throws Refused if there is none, more than one, or a malformed one
    static Claim of(SignedRequest request, QueryParameters query) {
        boolean inHeader = request.hasHeader(AuthorizationHeader.NAME);
        boolean inQuery = PresignedQuery.isSigned(query);
        if (inHeader && inQuery) {
            throw new Refused(Refusal.INCOMPLETE_SIGNATURE,
                    "Use either the Authorization header or query-string authentication, not both.");
        }
        if (inHeader) {
            return AuthorizationHeader.read(request);
        }
        if (inQuery) {
            return PresignedQuery.read(request, query);
        }
        throw new Refused(Refusal.MISSING_AUTHENTICATION);
    }

    @Override
    public String toString() {
        return "Claim[" + placement + " " + credential + "]";
    }
}
