package bellframe.sessions;

import bellframe.api.Call;
import bellframe.api.messaging.GetMessagingSessionEndpointResponse;
import bellframe.api.messaging.MessagingSessionEndpoint;
import org.jspecify.annotations.Nullable;

/// The operation by which clients learn where to connect.
public final class SessionOperations {

    private final @Nullable String publicHost;

    /// @param publicHost `host` or `host:port` for clients to connect to; null for the one they called
    public SessionOperations(@Nullable String publicHost) {
        this.publicHost = publicHost;
    }

    /// A bare host, since clients put `wss://` before and `/connect` behind it themselves.
    public GetMessagingSessionEndpointResponse getEndpoint(Call call) {
        return new GetMessagingSessionEndpointResponse(
                new MessagingSessionEndpoint(publicHost == null ? call.host() : publicHost));
    }
}
