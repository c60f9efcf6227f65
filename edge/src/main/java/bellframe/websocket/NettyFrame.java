package bellframe.websocket;

import bellframe.sessions.Frame;
import io.netty.buffer.ByteBuf;

/// A frame as the bytes that go to the socket, header included.
///
/// @param bytes owned by whoever holds the frame
record NettyFrame(ByteBuf bytes) implements Frame {

    @Override
    public void retain() {
        bytes.retain();
    }

    @Override
    public void release() {
        bytes.release();
    }
}
