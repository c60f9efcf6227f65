package bellframe.websocket;

import bellframe.sessions.Frame;
import bellframe.sessions.FrameEncoder;
import io.netty.buffer.ByteBufAllocator;

/// Makes frames that every [WebSocketConnection] writes as they are.
public final class NettyFrameEncoder implements FrameEncoder {

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

    @Override
    public Frame encode(byte[] text) {
        return new NettyFrame(ServerFrames.text(allocator, text));
    }
}
