package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;

/// What came in on a connection, one at a time.
sealed interface Received {

    /// A whole request.
    ///
    /// @param keepAlive whether the client wants to send another
    /// @param http10 whether the client must be told that it may
    record Complete(SignedRequest request, boolean keepAlive, boolean http10) implements Received {
    }

    /// Something that is no acceptable request; the connection is of no use after the answer.
    record Broken(Refusal refusal) implements Received {
    }
}
