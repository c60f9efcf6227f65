package bellframe.websocket;

import bellframe.credentials.SignedRequest;
import bellframe.http.Client;
import bellframe.http.Upgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

/// Sessions that send each message back to the client that sent it, which test suites for WebSocket expect of a server.
///
/// All that hears and speaks the protocol stays as it is; the echo hears what is about to be dropped.
///
/// @param messageMaxBytes the longest message that is sent back
record Echo(Upgrade sessions, int messageMaxBytes) implements Upgrade {

    @Override
    public boolean claims(SignedRequest request) {
        return sessions.claims(request);
    }

    @Override
    public FullHttpResponse accept(SignedRequest request) {
        return sessions.accept(request);
    }

    @Override
    public void install(Channel channel, SignedRequest request, String requestId, Client client,
            Runnable established) {
        sessions.install(channel, request, requestId, client, established);
        ChannelPipeline pipeline = channel.pipeline();
        String last = pipeline.lastContext().name();
        pipeline.addBefore(last, "frame-encoder", new WebSocket13FrameEncoder(false))
                .addBefore(last, "whole-messages", new WebSocketFrameAggregator(messageMaxBytes))
                .addBefore(last, "echo", new Handler());
    }

    private static final class Handler extends ChannelInboundHandlerAdapter {

        private boolean closing;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object frame) {
            closing |= frame instanceof CloseWebSocketFrame;
            if (!closing && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame)) {
                ctx.writeAndFlush(((WebSocketFrame) frame).retainedDuplicate());
            }
            ctx.fireChannelRead(frame);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            closing = true;
            // What sessions never wait for, the rest of a message, is no failure of theirs.
            if (!(cause instanceof PrematureChannelClosureException)) {
                ctx.fireExceptionCaught(cause);
            }
        }
    }
}
