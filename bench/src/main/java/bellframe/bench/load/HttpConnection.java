package bellframe.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection with one request at a time; of an answer it reads the status, the length and the body.
///
/// Confined to its event loop.
final class HttpConnection extends ByteToMessageDecoder {

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final AsciiString LENGTH = AsciiString.cached("content-length: ");
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final int NO_CONTENT = 204;

    private final Channel channel;
    private @Nullable Answered waiting;
    private @Nullable Throwable failure;

    /// Hears of an answer.
    @FunctionalInterface
    interface Answered {

        /// The answer is here, or will never be.
        ///
        /// @param status 0 if the connection ended without one
        /// @param body only there during the call; why, if there is no answer
        void answered(int status, ByteBuf body);
    }

    HttpConnection(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /// Sends a request; the one before must have been answered.
    void send(ByteBuf request, Answered answered) {
        if (waiting != null) {
            throw new IllegalStateException("a request is in flight");
        }
        waiting = answered;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int end = end(in);
        if (end < 0) {
            return;
        }
        int status = number(in, in.readerIndex() + STATUS_AT, STATUS_DIGITS);
        int length = status == NO_CONTENT ? 0 : length(in, end);
        if (in.writerIndex() < end + length) {
            return;
        }
        ByteBuf body = in.slice(end, length);
        in.readerIndex(end + length);
        answer(status, body);
    }

    private void answer(int status, ByteBuf body) {
        Answered answered = waiting;
        if (answered == null) {
            throw new IllegalStateException("an answer that nobody waits for");
        }
        waiting = null;
        answered.answered(status, body);
    }

    /// Where the body begins, or -1 if that is not here yet.
    private static int end(ByteBuf in) {
        int last = in.writerIndex() - HEAD_END.length;
        for (int at = in.readerIndex(); at <= last; at++) {
            int found = in.indexOf(at, last + 1, HEAD_END[0]);
            if (found < 0) {
                return -1;
            }
            if (in.getByte(found + 2) == HEAD_END[2] && in.getByte(found + 3) == HEAD_END[3]) {
                return found + HEAD_END.length;
            }
            at = found;
        }
        return -1;
    }

    private static int length(ByteBuf in, int end) {
        var head = new AsciiString(in.nioBuffer(in.readerIndex(), end - in.readerIndex()), false);
        int at = AsciiString.indexOfIgnoreCaseAscii(head, LENGTH, 0);
        if (at < 0) {
            throw new IllegalStateException("an answer without content-length: " + head);
        }
        int from = at + LENGTH.length();
        return head.parseInt(from, head.indexOf('\r', from));
    }

    private static int number(ByteBuf in, int from, int digits) {
        int value = 0;
        for (int at = from; at < from + digits; at++) {
            value = 10 * value + in.getByte(at) - '0';
        }
        return value;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = cause;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        if (waiting != null) {
            answer(0, Unpooled.copiedBuffer(String.valueOf(failure), StandardCharsets.UTF_8));
        }
    }
}
