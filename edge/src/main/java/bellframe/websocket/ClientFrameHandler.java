package bellframe.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what clients send: pings, pongs and close frames. Messages have no meaning here and are dropped.
final class ClientFrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientFrameHandler.class);

    private static final int CLOSE_CODE_BYTES = 2;

    private final WebSocketConnection connection;
    private final Heartbeat heartbeat;
    private int share;

    ClientFrameHandler(WebSocketConnection connection, Heartbeat heartbeat) {
        this.connection = connection;
        this.heartbeat = heartbeat;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        share = heartbeat.add(connection);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        heartbeat.remove(connection, share);
        connection.gone();
    }

    /// A client that can send no pong any more is gone.
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        connection.heard();
        if (frame instanceof PingWebSocketFrame ping) {
            connection.answerPing(ping.content());
        } else if (frame instanceof CloseWebSocketFrame close) {
            clientCloses(close);
        }
    }

    private void clientCloses(CloseWebSocketFrame close) {
        if (hasWholeReason(close.content())) {
            connection.clientCloses(close.statusCode());
        } else {
            connection.fail(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
        }
    }

    /// Whether the reason is UTF-8 to its end; the decoder does not notice when its last character is cut.
    private static boolean hasWholeReason(ByteBuf payload) {
        int length = payload.readableBytes() - CLOSE_CODE_BYTES;
        return length <= 0
                || ByteBufUtil.isText(payload, payload.readerIndex() + CLOSE_CODE_BYTES, length,
                        StandardCharsets.UTF_8);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> connection.fail(corrupted.closeStatus());
            case IOException _,DecoderException _ -> {
                LOG.debug("connection lost: {}", cause.toString());
                ctx.close();
            }
            default -> {
                LOG.error("connection closed by a failure", cause);
                connection.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
            }
        }
    }
}
