package bellframe.bench;

import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.api.messaging.SendChannelMessageResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a message costs from its request on: the role, the rows, and the commit.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class SendBenchmark {

    @Param
    private Content content;

    private SendChannelMessageRequest input;

    @Setup
    public void prepare() {
        input = SendRequest.read(SendRequest.body(content));
    }

    /// A chat whose messages go no further than to the commit queue.
    @State(Scope.Benchmark)
    public static class Unwritten {

        private final Chat chat = Chat.unwritten();

        @TearDown
        public void close() {
            chat.close();
        }
    }

    /// A chat that keeps its messages; another one for each iteration, lest the heap grows.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Kept {

        private Chat chat;
        private long sent;

        @Setup(Level.Iteration)
        public void open() {
            chat = Chat.kept();
        }

        @TearDown(Level.Iteration)
        public void close() {
            chat.close();
        }
    }

    /// All that the sender's thread does: the batch is ready to be queued, and the event to be told. As none is ever
    /// committed, each is the first of its time bucket and has a row for that too.
    @Benchmark
    public SendChannelMessageResponse untilQueued(Unwritten unwritten) {
        return unwritten.chat.operations().send(input);
    }

    /// The same with the commit by another thread, in memory, which the sender waits for.
    @Benchmark
    public SendChannelMessageResponse untilCommitted(Kept kept) {
        kept.sent++;
        return kept.chat.operations().send(SendRequest.withToken(input, "token-" + kept.sent));
    }
}
