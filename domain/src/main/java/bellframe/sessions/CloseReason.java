package bellframe.sessions;

/// Why the server closes a session. Clients decide by the code whether to reconnect: they do on 1011, 1012, 1013, 4419 and
/// 4429, and do not on 1008, 4002, 4003 and 4401.
public enum CloseReason {
    /// The client sends more than clients have reason to.
    FLOOD(1008, "Too many frames"),
    /// The server failed to tell the client something.
    INTERNAL_ERROR(1011, "Internal error"),
    /// The server drains before it stops.
    SERVICE_RESTART(1012, "Service restart"),
    /// More bytes wait for this client than one session may hold, or it has taken none of them for too long.
    SLOW_CONSUMER(1013, "Too slow"),
    /// The same session id connected again.
    REPLACED(4002, "Replaced by a newer connection"),
    /// The user does not exist, was deleted, or may not connect.
    FORBIDDEN(4003, "Forbidden"),
    /// The signature of the connect request is wrong or expired.
    UNAUTHORIZED(4401, "Unauthorized"),
    /// The temporary credentials that the session was opened with are over; the client may get others and come back.
    CREDENTIALS_EXPIRED(4419, "Credentials expired"),
    /// The user has as many sessions as one user may have.
    TOO_MANY_SESSIONS(4429, "Too many sessions"),
    /// The user connects more often than one user may.
    CONNECTING_TOO_OFTEN(4429, "Connecting too often"),
    /// Too many signatures of the client's address have failed.
    FAILING_TOO_OFTEN(4429, "Too many failed signatures");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /// The WebSocket close code.
    public int code() {
        return code;
    }

    /// The reason text that goes with the code.
    public String text() {
        return text;
    }
}
