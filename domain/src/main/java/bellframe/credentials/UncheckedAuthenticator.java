package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.regex.Pattern;

/// Believes every request that says which key it is signed with: for development on one machine only.
///
/// A key that is known stands for its principal, so that policies can be tried; any other stands for root. Not believed are
/// web pages of other machines: the browser of whoever develops here would send what they like.
public final class UncheckedAuthenticator {

    private static final Pattern LOCAL_ORIGIN = Pattern
            .compile("https?://(?:(?:[a-z0-9-]+\\.)*localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?");

    private final AccessKeys keys;
    private final Principal root;

    public UncheckedAuthenticator(AccessKeys keys, Principal root) {
        this.keys = keys;
        this.root = root;
    }

    /// Who says to have signed a request.
    ///
    /// @throws Refused if it says nothing of a signature, or nothing that can be read, or if it was signed with temporary
    ///         credentials of this server whose time is over: root they never were; with [Refusal#ACCESS_DENIED] if a web
    ///         page of elsewhere has a browser send it
    public Signer authenticate(SignedRequest request) {
        if (isOfForeignPage(request)) {
            throw new Refused(Refusal.ACCESS_DENIED,
                    "A server in development mode does not believe web pages of other machines.");
        }
        Claim claim = Claim.of(request, QueryParameters.parse(request.rawQuery()));
        String id = claim.credential().keyId();
        AccessKey known = keys.find(id, claim.sessionToken());
        return known == null ? new Signer(id, null, root) : new Signer(id, claim.sessionToken(), known.principal());
    }

    /// Browsers name the origin of a page that wants to read an answer or opens a WebSocket, and of every request whether it
    /// crosses sites.
    private static boolean isOfForeignPage(SignedRequest request) {
        List<String> origins = request.headers().getOrDefault("origin", List.of());
        return origins.isEmpty()
                ? request.headers().getOrDefault("sec-fetch-site", List.of()).contains("cross-site")
                : !origins.stream().allMatch(origin -> LOCAL_ORIGIN.matcher(origin).matches());
    }

    /// The keys that IAM and STS find again what [#authenticate] told.
    public AccessKeys keys() {
        return (id, sessionToken) -> {
            AccessKey known = keys.find(id, sessionToken);
            return known == null ? new AccessKey(id, "", root) : known;
        };
    }
}
