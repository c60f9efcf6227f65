package bellframe.credentials;

import bellframe.refusals.Refused;

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
    /// @throws Refused if it says nothing of a signature, or nothing that can be read, or if it was signed with temporary
    ///         credentials of this server whose time is over: root they never were
    public Signer authenticate(SignedRequest request) {
        Claim claim = Claim.of(request, QueryParameters.parse(request.rawQuery()));
        String id = claim.credential().keyId();
        AccessKey known = keys.find(id, claim.sessionToken());
        return known == null ? new Signer(id, null, root) : new Signer(id, claim.sessionToken(), known.principal());
    }

    /// The keys that IAM and STS find again what [#authenticate] told.
    public AccessKeys keys() {
        return (id, sessionToken) -> {
            AccessKey known = keys.find(id, sessionToken);
            return known == null ? new AccessKey(id, "", root) : known;
        };
    }
}
