package bellframe.http;

import bellframe.api.InvalidInput;
import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// A way in which requests name operations and are answered.
interface Protocol {

    /// An operation, and the request that asks for it.
    interface Invocation {

        /// The operation's name.
        String operation();

        /// Verifies who asks and whether that may be done, reads the input, and does it.
        ///
        /// @param trail is told who asks, and for what
        /// @throws Refused for everything expected that goes wrong, but for [InvalidInput]
        Answer run(String requestId, Origin origin, Trail trail);
    }

    /// Whether the request speaks this protocol, well or badly.
    boolean claims(SignedRequest request);

    /// What a request asks for.
    ///
    /// @throws Refused if it asks for nothing that there is
    /// @throws InvalidInput if it cannot be read
    Invocation find(SignedRequest request);

    /// How a refusal is told.
    Answer refusal(SignedRequest request, String requestId, Refusal refusal, String message);
}
