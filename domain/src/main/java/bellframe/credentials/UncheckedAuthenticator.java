package bellframe.credentials;

import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// Believes every request that says which key it is signed with: for development on one machine only.
///
/// A key that is known stands for its principal, so that policies can be tried; any other stands for root.
public final class UncheckedAuthenticator {

    private final AccessKeys keys;
    private final Principal root;

    public UncheckedAuthenticator(AccessKeys keys, Principal root) {
        this.keys = keys;
        this.root = root;
    }

    /// Who says to have signed a request.
    ///
    /// @throws Refused if it says nothing of a signature, or nothing that can be read
    public Signer authenticate(SignedRequest request) {
        Claim claim = Claim.of(request, QueryParameters.parse(request.rawQuery()));
        String id = claim.credential().keyId();
        AccessKey known = find(id, claim.sessionToken());
        return known == null ? new Signer(id, null, root) : new Signer(id, claim.sessionToken(), known.principal());
    }

    /// The keys that IAM and STS find again what [#authenticate] told.
    public AccessKeys keys() {
        return (id, sessionToken) -> {
            AccessKey known = find(id, sessionToken);
            return known == null ? new AccessKey(id, "", root) : known;
        };
    }

    private @Nullable AccessKey find(String id, @Nullable String sessionToken) {
        try {
            return keys.find(id, sessionToken);
        } catch (Refused expired) {
            return null;
        }
    }
}
