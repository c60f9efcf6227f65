package bellframe.server;

import bellframe.credentials.Authenticator;
import bellframe.credentials.UncheckedAuthenticator;
import bellframe.http.Authentication;
import bellframe.websocket.ConnectAuthentication;

/// How it is told who signed a request.
///
/// @param calls of operations
/// @param connects of WebSocket sessions
record Door(Authentication calls, ConnectAuthentication connects) {

    static Door checked(Authenticator authenticator) {
        return new Door(authenticator::authenticate, authenticator::authenticateConnect);
    }

    /// For development only.
    static Door unchecked(UncheckedAuthenticator authenticator) {
        return new Door((request, _) -> authenticator.authenticate(request), authenticator::authenticate);
    }
}
