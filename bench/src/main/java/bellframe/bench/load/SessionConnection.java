package bellframe.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The client's half of a session: counts frames without reading them, and answers pings.
///
/// Confined to its event loop.
final class SessionConnection extends ByteToMessageDecoder {

    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int CLOSE = 8;
    private static final int OPCODE = 0x0f;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;
    private static final int SHORT_HEAD = 2;
    private static final int MEDIUM_HEAD = 4;
    private static final int LONG_HEAD = 10;
    /// An empty pong with a mask of zeros, which leaves what it masks as it is.
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
    private static final String SWITCHED = "HTTP/1.1 101 ";
    private static final int HEAD_BYTES_MAX = 4_096;

    private final Channel channel;
    private final Frames frames;
    private boolean upgraded;
    /// What is left of the payload of the current frame.
    private long skip;
    private int emptyLineCharacters;

    /// Hears what comes to a session.
    interface Frames {

        /// A text frame has begun to arrive.
        void text();

        /// What has come so far has been counted.
        void counted();

        void ended(String why);
    }

    SessionConnection(Channel channel, Frames frames) {
        this.channel = channel;
        this.frames = frames;
    }

    Channel channel() {
        return channel;
    }

    /// Asks the server for a session.
    ///
    /// @param target a presigned path and query
    void open(String target, String host) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        ByteBuf bytes = channel.alloc().buffer(head.length());
        bytes.writeCharSequence(head, StandardCharsets.US_ASCII);
        channel.writeAndFlush(bytes, channel.voidPromise());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!upgraded) {
            upgraded = skipHead(in);
        }
        while (upgraded && skipPayload(in) && skipFrameHead(in)) {
        }
    }

    private boolean skipHead(ByteBuf in) {
        int last = in.forEachByte(new ByteProcessor() {
            @Override
            public boolean process(byte value) {
                emptyLineCharacters = value == '\n' || value == '\r' ? emptyLineCharacters + 1 : 0;
                return emptyLineCharacters < 4;
            }
        });
        emptyLineCharacters = 0;
        if (last < 0) {
            if (in.readableBytes() > HEAD_BYTES_MAX) {
                throw new IllegalStateException("the answer to the handshake is too long");
            }
            return false;
        }
        String head = in.readCharSequence(last + 1 - in.readerIndex(), StandardCharsets.US_ASCII).toString();
        if (!head.startsWith(SWITCHED)) {
            throw new IllegalStateException("no session: " + head);
        }
        return true;
    }

    private boolean skipPayload(ByteBuf in) {
        int some = (int) Math.min(skip, in.readableBytes());
        in.skipBytes(some);
        skip -= some;
        return skip == 0;
    }

    private boolean skipFrameHead(ByteBuf in) {
        if (in.readableBytes() < SHORT_HEAD) {
            return false;
        }
        int start = in.readerIndex();
        int length = in.getByte(start + 1) & LENGTH;
        int head = length == LENGTH_OF_8_BYTES ? LONG_HEAD : length == LENGTH_OF_2_BYTES ? MEDIUM_HEAD : SHORT_HEAD;
        if (in.readableBytes() < head) {
            return false;
        }
        skip = switch (head) {
            case LONG_HEAD -> in.getLong(start + SHORT_HEAD);
            case MEDIUM_HEAD -> in.getUnsignedShort(start + SHORT_HEAD);
            default -> length;
        };
        in.skipBytes(head);
        begun(in.getByte(start) & OPCODE);
        return true;
    }

    private void begun(int opcode) {
        switch (opcode) {
            case TEXT -> frames.text();
            case PING -> channel.writeAndFlush(channel.alloc().buffer(PONG.length).writeBytes(PONG),
                    channel.voidPromise());
            case CLOSE -> frames.ended("closed by the server");
            default -> throw new IllegalStateException("a frame with opcode " + opcode);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        frames.counted();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        frames.ended("the connection ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        frames.ended(cause.toString());
        context.close();
    }
}
