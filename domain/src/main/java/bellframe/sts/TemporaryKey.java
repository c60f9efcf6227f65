package bellframe.sts;

import bellframe.credentials.SessionFacts;
import java.util.Map;

/// A key pair that is good for a while; all there is to know about it is in its session token.
///
/// @param tags of the session
record TemporaryKey(String id, String secret, Holder holder, Map<String, String> tags, SessionFacts facts) {

    /// Whom a temporary key stands for. Whether it still does is asked at each request.
    sealed interface Holder {

        /// Whoever assumed a role.
        ///
        /// @param id of the role, since another one may have its name by then
        record OfRole(String name, String id) implements Holder {
        }

        /// A user, by credentials of GetSessionToken.
        ///
        /// @param id of the user
        /// @param keyId the long-lived key they were got with, with which they end
        record OfUser(String name, String id, String keyId) implements Holder {
        }

        /// The root principal, by credentials of GetSessionToken.
        ///
        /// @param keyId the root key they were got with, with which they end
        record OfRoot(String keyId) implements Holder {
        }
    }

    @Override
    public String toString() {
        return "TemporaryKey[" + id + "]";
    }
}
