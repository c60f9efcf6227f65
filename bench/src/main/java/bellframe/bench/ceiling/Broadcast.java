package bellframe.bench.ceiling;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes one frame to every session: one task for each event loop, one write for each session.
final class Broadcast {

    /// As long as Bellframe's event of a message of 300 bytes.
    private static final int PAYLOAD_BYTES = 1_094;
    private static final int TEXT = 0x81;
    private static final int LENGTH_OF_2_BYTES = 126;

    private final ByteBuf frame = Unpooled.unreleasableBuffer(frame());
    /// Each list only for its event loop.
    private final Map<EventExecutor, List<Channel>> sessions = new LinkedHashMap<>();

    Broadcast(EventLoopGroup loops) {
        loops.forEach(loop -> sessions.put(loop, new ArrayList<>()));
    }

    private static ByteBuf frame() {
        ByteBuf frame = Unpooled.directBuffer();
        frame.writeByte(TEXT).writeByte(LENGTH_OF_2_BYTES).writeShort(PAYLOAD_BYTES);
        frame.writeCharSequence("e".repeat(PAYLOAD_BYTES), StandardCharsets.US_ASCII);
        return frame.asReadOnly();
    }

    /// Takes a session up, and sends it the frame once, as every session begins with one; on its event loop.
    void add(Channel session) {
        sessionsOf(session).add(session);
        session.closeFuture().addListener(_ -> sessionsOf(session).remove(session));
        session.writeAndFlush(frame.duplicate(), session.voidPromise());
    }

    private List<Channel> sessionsOf(Channel session) {
        List<Channel> here = sessions.get(session.eventLoop());
        if (here == null) {
            throw new IllegalStateException("a channel of foreign event loops: " + session);
        }
        return here;
    }

    void send() {
        sessions.forEach((loop, here) -> loop.execute(() -> {
            for (Channel session : here) {
                session.writeAndFlush(frame.duplicate(), session.voidPromise());
            }
        }));
    }
}
