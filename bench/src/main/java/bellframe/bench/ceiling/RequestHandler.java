package bellframe.bench.ceiling;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads requests, and answers each as soon as the [Ceiling] lets it.
@Sharable
final class RequestHandler extends ChannelInboundHandlerAdapter {

    /// As long as Bellframe's answer to SendChannelMessage.
    private static final ByteBuf ANSWER = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(
            "HTTP/1.1 201 Created\r\nx-amzn-requestid: 00000000-0000-0000-0000-000000000000\r\n"
                    + "date: Sun, 01 Mar 2026 12:00:00 GMT\r\naccess-control-allow-origin: *\r\n"
                    + "access-control-expose-headers: x-amzn-errortype,x-amzn-requestid,x-amz-request-id,"
                    + "x-amzn-error-message,date\r\ncontent-length: 281\r\ncontent-type: application/json\r\n\r\n"
                    + "{\"M\":\"" + "m".repeat(273) + "\"}",
            StandardCharsets.US_ASCII)).asReadOnly();
    private static final AttributeKey<ByteBuf> BODY = AttributeKey.valueOf("body");
    private static final AttributeKey<Boolean> UPGRADED = AttributeKey.valueOf("upgraded");

    private final Ceiling ceiling;
    private final Broadcast broadcast;
    private final @Nullable GroupCommit commits;

    /// @param commits for ceilings that commit
    RequestHandler(Ceiling ceiling, Broadcast broadcast, @Nullable GroupCommit commits) {
        this.ceiling = ceiling;
        this.broadcast = broadcast;
        this.commits = commits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.uri().startsWith("/connect")) {
            upgrade(context.channel(), request);
        }
        if (message instanceof HttpContent content) {
            if (content.content().isReadable()) {
                keep(context.channel(), content.content());
            }
            if (message instanceof LastHttpContent && !context.channel().hasAttr(UPGRADED)) {
                requested(context.channel(), context.pipeline().context(HttpResponseEncoder.class));
            }
        }
        ReferenceCountUtil.release(message);
    }

    private static void keep(Channel channel, ByteBuf part) {
        ByteBuf before = channel.attr(BODY).get();
        channel.attr(BODY).set(before == null ? part.retain() : Unpooled.wrappedBuffer(before, part.retain()));
    }

    /// @param encoder what is written from there goes as it is
    private void requested(Channel channel, ChannelHandlerContext encoder) {
        ByteBuf body = channel.attr(BODY).getAndSet(null);
        byte[] bytes = body == null ? new byte[0] : ByteBufUtil.getBytes(body);
        ReferenceCountUtil.release(body);
        if (commits != null) {
            commits.submit(encoder, bytes, ceiling.broadcasts());
        } else {
            if (ceiling.broadcasts()) {
                broadcast.send();
            }
            answer(encoder);
        }
    }

    static void answer(ChannelHandlerContext encoder) {
        encoder.writeAndFlush(ANSWER.duplicate(), encoder.voidPromise());
    }

    private void upgrade(Channel channel, HttpRequest request) {
        channel.attr(UPGRADED).set(true);
        var handshaker = new WebSocketServerHandshakerFactory("ws://localhost/connect", null, false)
                .newHandshaker(request);
        var whole = new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(),
                Unpooled.EMPTY_BUFFER, request.headers(), request.headers());
        handshaker.handshake(channel, whole).addListener(_ -> {
            channel.pipeline().remove("wsencoder");
            channel.pipeline().remove("wsdecoder");
            broadcast.add(channel);
        });
    }
}
