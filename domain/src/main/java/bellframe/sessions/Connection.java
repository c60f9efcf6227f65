package bellframe.sessions;

/// One client's open socket, as the domain needs it.
public interface Connection {

    /// The lane on which [#send(Frame)] and [#flush()] must be called.
    Lane lane();

    /// Whether the socket is still there. On the lane's thread the answer holds until the task ends.
    boolean isOpen();

    /// Queues a frame; the connection keeps its own hold on it. A connection whose client does not keep up closes
    /// itself with [CloseReason#SLOW_CONSUMER]; a closed one ignores the call.
    void send(Frame frame);

    /// Does the same for a frame whose sender goes on when it is gone.
    ///
    /// @param left runs on the lane, once, when the network has taken the frame or will not take it any more
    void send(Frame frame, Runnable left);

    /// Hands what was queued to the network.
    void flush();

    /// Starts the closing handshake; may be called from any thread and more than once, the first reason counts.
    void close(CloseReason reason);
}
