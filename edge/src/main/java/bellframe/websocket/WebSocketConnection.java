package bellframe.websocket;

import bellframe.sessions.CloseReason;
import bellframe.sessions.Connection;
import bellframe.sessions.ConnectionListener;
import bellframe.sessions.Frame;
import bellframe.sessions.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's socket after the upgrade.
///
/// State is confined to the event loop. It closes in one of two ways: with a close frame, after which the client has a
/// moment to echo it, or abruptly, which clients see as code 1006.
final class WebSocketConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final int UNANSWERED_PINGS_MAX = 2;
    /// The end of the last range of RFC 6455 section 7.4.2.
    private static final int CLOSE_CODE_MAX = 4999;

    private final Channel channel;
    private final Lane lane;
    private final ConnectionListener listener;
    private final ConnectionLimits limits;
    /// A close frame was sent; nothing may follow it.
    private boolean closing;
    private boolean gone;
    /// The listener knows the connection and must hear of its end.
    private boolean opened;
    private int unansweredPings;
    private @Nullable Future<?> cutOff;

    WebSocketConnection(Channel channel, Lane lane, ConnectionListener listener, ConnectionLimits limits) {
        this.channel = channel;
        this.lane = lane;
        this.listener = listener;
        this.limits = limits;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void send(Frame frame) {
        if (closing || gone) {
            return;
        }
        if (channel.isWritable()) {
            channel.write(((NettyFrame) frame).bytes().retainedDuplicate(), channel.voidPromise());
        } else {
            close(CloseReason.SLOW_CONSUMER);
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close(CloseReason reason) {
        close(reason.code(), reason.text());
    }

    void close(WebSocketCloseStatus status) {
        close(status.code(), status.reasonText());
    }

    private void close(int code, String text) {
        if (channel.eventLoop().inEventLoop()) {
            startClose(code, text);
        } else {
            executeClose(code, text);
        }
    }

    private void executeClose(int code, String text) {
        try {
            channel.eventLoop().execute(() -> startClose(code, text));
        } catch (RejectedExecutionException loopEnded) {
            LOG.debug("no close frame {}: the event loop has ended and the connection with it", code);
        }
    }

    private void startClose(int code, String text) {
        if (!closing && !gone) {
            sendLast(ServerFrames.close(channel.alloc(), code, text));
        }
    }

    /// The client broke the protocol, so its echo would not be understood: this side ends behind the close frame, and the
    /// socket when the client ends its own.
    void fail(WebSocketCloseStatus status) {
        if (!closing && !gone) {
            sendLast(ServerFrames.close(channel.alloc(), status.code(), status.reasonText()))
                    .addListener(_ -> endOutput());
        }
    }

    private void endOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
    }

    private ChannelFuture sendLast(ByteBuf closeFrame) {
        closing = true;
        cutOff = channel.eventLoop()
                .schedule(() -> channel.close(), limits.closeLimit().toNanos(), TimeUnit.NANOSECONDS);
        return channel.writeAndFlush(closeFrame);
    }

    /// The client sent a close frame: the echo of ours, or its own wish. After that one this side ends first: a socket that
    /// is closed while bytes still come is reset, and the client would not see the echo (RFC 6455 section 7.1.1).
    void clientCloses(int code) {
        if (closing) {
            channel.close();
        } else if (code > CLOSE_CODE_MAX) {
            // The decoder lets them pass, and strict clients would not understand the echo.
            fail(WebSocketCloseStatus.PROTOCOL_ERROR);
        } else {
            sendLast(ServerFrames.closeEcho(channel.alloc(), code)).addListener(_ -> endOutput());
        }
    }

    /// The client pings; one that does not take its pongs off the wire gets no more of them.
    void answerPing(ByteBuf payload) {
        if (!closing && channel.isWritable()) {
            channel.writeAndFlush(ServerFrames.pong(channel.alloc(), payload), channel.voidPromise());
        }
    }

    /// The client sent something, so it is alive.
    void heard() {
        unansweredPings = 0;
    }

    /// Pings the client, or cuts it off; called once per ping interval.
    void beat() {
        if (unansweredPings == UNANSWERED_PINGS_MAX) {
            channel.close();
        } else if (!closing) {
            unansweredPings++;
            channel.writeAndFlush(ServerFrames.ping(channel.alloc()), channel.voidPromise());
        }
    }

    /// Tells the listener of the connection, on a thread that may block; from then on it will hear of the end.
    void open(String principalArn, ConnectRequest request) {
        try {
            listener.opened(this, principalArn, request.userArn(), request.sessionId());
        } finally {
            afterOpened();
        }
    }

    private void afterOpened() {
        try {
            channel.eventLoop().execute(this::opened);
        } catch (RejectedExecutionException loopEnded) {
            // So did the connection, before anybody had to be told.
            listener.closed(this);
        }
    }

    private void opened() {
        opened = true;
        if (gone) {
            listener.closed(this);
        }
    }

    /// The socket is closed.
    void gone() {
        gone = true;
        if (cutOff != null) {
            cutOff.cancel(false);
        }
        if (opened) {
            listener.closed(this);
        }
    }
}
