package bellframe.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Writes the frames a server sends, RFC 6455 section 5.2: whole messages, never masked.
final class ServerFrames {

    /// What a close frame without a payload has for a code.
    static final int NO_CODE = -1;

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_CLOSE = 0x88;
    private static final int FINAL_PING = 0x89;
    private static final int FINAL_PONG = 0x8a;

    private static final int HEADER_MAX_BYTES = 10;
    private static final int SHORT_MAX_BYTES = 125;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int UNSIGNED_SHORT_MAX = 0xffff;

    private ServerFrames() {
    }

    static ByteBuf text(ByteBufAllocator allocator, byte[] utf8) {
        ByteBuf frame = allocator.directBuffer(HEADER_MAX_BYTES + utf8.length);
        frame.writeByte(FINAL_TEXT);
        writeLength(frame, utf8.length);
        return frame.writeBytes(utf8);
    }

    private static void writeLength(ByteBuf frame, int length) {
        if (length <= SHORT_MAX_BYTES) {
            frame.writeByte(length);
        } else if (length <= UNSIGNED_SHORT_MAX) {
            frame.writeByte(LENGTH_IN_2_BYTES).writeShort(length);
        } else {
            frame.writeByte(LENGTH_IN_8_BYTES).writeLong(length);
        }
    }

    static ByteBuf ping(ByteBufAllocator allocator) {
        return allocator.directBuffer(2).writeByte(FINAL_PING).writeByte(0);
    }

    /// @param payload what the ping held; at most 125 bytes, which the decoder sees to
    static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
        int length = payload.readableBytes();
        return allocator.directBuffer(2 + length)
                .writeByte(FINAL_PONG)
                .writeByte(length)
                .writeBytes(payload, payload.readerIndex(), length);
    }

    static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return allocator.directBuffer(4 + text.length)
                .writeByte(FINAL_CLOSE)
                .writeByte(2 + text.length)
                .writeShort(code)
                .writeBytes(text);
    }

    /// The echo of a client's close frame that held this code, or [#NO_CODE].
    static ByteBuf closeEcho(ByteBufAllocator allocator, int code) {
        return code == NO_CODE
                ? allocator.directBuffer(2).writeByte(FINAL_CLOSE).writeByte(0)
                : close(allocator, code, "");
    }
}
