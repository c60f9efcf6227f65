package bellframe.websocket;

import java.time.Duration;

/// What a WebSocket connection may take from the server; [#DEFAULT] suits production.
///
/// @param pendingMaxBytes bytes that wait for one client; one more frame and the connection is closed with 1013
/// @param stallLimit a client that has taken none of the bytes that wait for it for this long is closed with 1013
/// @param clientFrameMaxBytes larger frames from clients close the connection with 1009
/// @param clientFramesPerSecondMax a client that sends more frames than this in a second is closed with 1008
/// @param pingInterval between two pings; a client that left two of them unanswered is cut off at the third
/// @param closeLimit how long a client has to echo a close frame before it is cut off
public record ConnectionLimits(
        int pendingMaxBytes,
        Duration stallLimit,
        int clientFrameMaxBytes,
        int clientFramesPerSecondMax,
        Duration pingInterval,
        Duration closeLimit) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            1024 * 1024,
            Duration.ofSeconds(10),
            4 * 1024,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    public ConnectionLimits {
        require(pendingMaxBytes > 0, "pendingMaxBytes", pendingMaxBytes);
        require(stallLimit.isPositive(), "stallLimit", stallLimit);
        // Control frames may hold 125 bytes and must be let through.
        require(clientFrameMaxBytes >= 125, "clientFrameMaxBytes", clientFrameMaxBytes);
        require(clientFramesPerSecondMax > 0, "clientFramesPerSecondMax", clientFramesPerSecondMax);
        require(pingInterval.isPositive(), "pingInterval", pingInterval);
        require(closeLimit.isPositive(), "closeLimit", closeLimit);
    }

    private static void require(boolean allowed, String key, Object value) {
        if (!allowed) {
            throw new IllegalArgumentException(key + " is " + value + ", which is too small");
        }
    }
}
