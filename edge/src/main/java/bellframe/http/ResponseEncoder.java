package bellframe.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Encodes each response into one buffer, whatever its length: Netty would write all but the smallest bodies by themselves, with a
/// promise for either part, and copy them all the same, since the network takes no memory of the heap.
final class ResponseEncoder extends HttpResponseEncoder {

    private static final int HEAD_BYTES = 512;
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void encode(ChannelHandlerContext ctx, Object message, List<Object> out) throws Exception {
        if (message instanceof FullHttpResponse response && !isContentAlwaysEmpty(response)) {
            out.add(whole(ctx, response));
        } else {
            super.encode(ctx, message, out);
        }
    }

    private ByteBuf whole(ChannelHandlerContext ctx, FullHttpResponse response) throws Exception {
        ByteBuf bytes = ctx.alloc().buffer(HEAD_BYTES + response.content().readableBytes());
        try {
            encodeInitialLine(bytes, response);
            encodeHeaders(response.headers(), bytes);
            return bytes.writeBytes(LINE_END).writeBytes(response.content());
        } catch (Exception failure) {
            bytes.release();
            throw failure;
        } finally {
            response.release();
        }
    }
}
