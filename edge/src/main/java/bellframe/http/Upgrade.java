package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refused;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;

/// Another protocol that a connection may change to. Every method runs on the connection's event loop.
public interface Upgrade {

    /// Whether the request is meant for this protocol, well or badly.
    boolean claims(SignedRequest request);

    /// The response that announces the change.
    ///
    /// @throws Refused if the request lacks what the protocol needs
    FullHttpResponse accept(SignedRequest request);

    /// Adds the protocol's handlers at the end of the pipeline; the response has been written, HTTP's own handlers go.
    ///
    /// @param established to be run once, from any thread, when the work that belongs to the request is done
    void install(Channel channel, SignedRequest request, String requestId, Client client, Runnable established);
}
