package bellframe.websocket;

import bellframe.credentials.Principal;
import bellframe.credentials.SessionFacts;
import bellframe.sessions.CloseReason;
import bellframe.sessions.ConnectRequest;
import bellframe.sessions.Connection;
import bellframe.sessions.ConnectionListener;
import bellframe.sessions.Frame;
import bellframe.sessions.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.time.InstantSource;
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
    private final SessionMetrics metrics;
    private final StallWatch stall;
    private final FrameRate frameRate;
    private final InstantSource clock;
    /// A close frame was sent; nothing may follow it.
    private boolean closing;
    private boolean gone;
    /// The listener knows the connection and must hear of its end.
    private boolean opened;
    private int unansweredPings;
    /// When the credentials expire that it was opened with.
    private @Nullable Instant expires;
    private @Nullable Future<?> cutOff;

    WebSocketConnection(Channel channel, Lane lane, ConnectionListener listener, ConnectionLimits limits,
            SessionMetrics metrics, InstantSource clock) {
        this.clock = clock;
        this.channel = channel;
        this.lane = lane;
        this.listener = listener;
        this.limits = limits;
        this.metrics = metrics;
        this.stall = new StallWatch(channel, limits.stallLimit(), () -> close(CloseReason.SLOW_CONSUMER));
        this.frameRate = new FrameRate(limits.clientFramesPerSecondMax());
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
        if (takesMore()) {
            write(frame, channel.voidPromise());
        }
    }

    @Override
    public void send(Frame frame, Runnable left) {
        if (takesMore()) {
            write(frame, channel.newPromise()).addListener(_ -> left.run());
        } else {
            left.run();
        }
    }

    private boolean takesMore() {
        if (closing || gone) {
            return false;
        }
        if (!channel.isWritable()) {
            close(CloseReason.SLOW_CONSUMER);
        }
        return !closing;
    }

    private ChannelFuture write(Frame frame, ChannelPromise promise) {
        ByteBuf bytes = ((NettyFrame) frame).bytes();
        stall.handed(bytes.readableBytes());
        return channel.write(bytes.retainedDuplicate(), promise);
    }

    @Override
    public void flush() {
        channel.flush();
        stall.flushed();
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
            sendClose(code, text);
        }
    }

    /// The client broke the protocol, so its echo would not be understood: this side ends behind the close frame, and the
    /// socket when the client ends its own.
    void fail(WebSocketCloseStatus status) {
        fail(status.code(), status.reasonText());
    }

    private void fail(int code, String text) {
        if (!closing && !gone) {
            sendClose(code, text).addListener(_ -> endOutput());
        }
    }

    private ChannelFuture sendClose(int code, String text) {
        metrics.closed(code);
        return sendLast(ServerFrames.close(channel.alloc(), code, text));
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
        stall.stop();
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
            writeAndFlush(ServerFrames.pong(channel.alloc(), payload));
        }
    }

    /// The client sent something, so it is alive. One that sends too much is closed and not listened to any more.
    void heard() {
        unansweredPings = 0;
        if (frameRate.exceededAt(System.nanoTime()) && !closing) {
            channel.config().setAutoRead(false);
            fail(CloseReason.FLOOD.code(), CloseReason.FLOOD.text());
        }
    }

    /// Pings the client, or ends what it may not have any longer, or cuts it off; called once per ping interval.
    void beat() {
        if (expires != null && !clock.instant().isBefore(expires)) {
            close(CloseReason.CREDENTIALS_EXPIRED);
        }
        if (unansweredPings == UNANSWERED_PINGS_MAX) {
            metrics.vanished();
            channel.close();
        } else if (!closing) {
            unansweredPings++;
            writeAndFlush(ServerFrames.ping(channel.alloc()));
        }
    }

    private void writeAndFlush(ByteBuf control) {
        stall.handed(control.readableBytes());
        channel.write(control, channel.voidPromise());
        flush();
    }

    /// Tells the listener of the connection, on a thread that may block; from then on it will hear of the end.
    ///
    /// @param principal who signed the request to connect; when its credentials expire, so does the connection
    void open(Principal principal, ConnectRequest request) {
        SessionFacts session = principal.session();
        try {
            listener.opened(this, principal.arn(), request);
        } finally {
            afterOpened(session == null ? null : session.expires());
        }
    }

    private void afterOpened(@Nullable Instant end) {
        try {
            channel.eventLoop().execute(() -> opened(end));
        } catch (RejectedExecutionException loopEnded) {
            // So did the connection, before anybody had to be told.
            listener.closed(this);
        }
    }

    private void opened(@Nullable Instant end) {
        opened = true;
        expires = end;
        if (gone) {
            listener.closed(this);
        }
    }

    /// The socket is closed.
    void gone() {
        gone = true;
        stall.stop();
        if (cutOff != null) {
            cutOff.cancel(false);
        }
        if (opened) {
            listener.closed(this);
        }
    }
}
