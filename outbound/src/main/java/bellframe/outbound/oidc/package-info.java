/// OpenID Connect providers: whether a token is theirs and good, judged by the keys they publish.
///
/// Start with [OidcIdentities]. Runs on the thread of the request, which may wait for a fetch of keys; the fetches run on
/// virtual threads of their own.
@NullMarked
package bellframe.outbound.oidc;

import org.jspecify.annotations.NullMarked;
