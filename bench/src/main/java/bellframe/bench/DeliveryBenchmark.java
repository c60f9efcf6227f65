package bellframe.bench;

import bellframe.events.ChannelEvent;
import bellframe.events.MessageSnapshot;
import bellframe.names.EventPosition;
import bellframe.names.Identity;
import bellframe.sessions.ConnectRequest;
import bellframe.sessions.Sessions;
import bellframe.websocket.NettyFrameEncoder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to tell the sessions of a channel's members of a message, up to their sockets.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class DeliveryBenchmark {

    private static final EventPosition POSITION = EventPosition.at(Account.NOW);

    @Param
    private Content content;

    @Param({"1", "1000"})
    private int members;

    private Chat chat;
    private Sessions sessions;
    private Socket socket;
    private ChannelEvent event;

    @Setup
    public void connect() {
        chat = Chat.of(members);
        sessions = chat.sessions(new NettyFrameEncoder());
        socket = new Socket();
        chat.members()
                .forEach(member -> sessions.opened(socket.connection(), "anybody",
                        new ConnectRequest(member.toString(), "session", null, null)));
        chat.awaitTold();
        event = new ChannelEvent.MessageCreated(chat.incarnation(), snapshot());
        long established = socket.frames();
        if (message() != established + members) {
            throw new IllegalStateException("not every session was told");
        }
    }

    private MessageSnapshot snapshot() {
        return new MessageSnapshot(Account.CHANNEL, "000644b5d31eb4006e1c3f0c9d3a75b8e2f1a40d97c65b83e0f12a4d6c8b9e70",
                "STANDARD", true, content.text(), null, null, Map.of(), null,
                new Identity(Account.USER, "Name of alice"), false, Account.NOW, Account.NOW, null, "SENT", null);
    }

    /// One frame is made, and handed to each session.
    @Benchmark
    public long message() {
        sessions.happened(POSITION, event);
        return socket.frames();
    }

    @TearDown
    public void close() {
        sessions.close();
        chat.close();
    }
}
