package bellframe.bench;

import bellframe.channels.Action;
import bellframe.channels.Standing;
import bellframe.identity.Bearer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to find out who a member is, and what it may do in its channel, when all that is in memory.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StandingBenchmark {

    private final Chat chat = Chat.unwritten();
    private final Bearer alice = chat.actors().bearer(Account.USER);

    /// Whom the bearer header names.
    @Benchmark
    public Bearer bearer() {
        return chat.actors().bearer(Account.USER);
    }

    /// What it is to the channel, and whether it may send there.
    @Benchmark
    public Standing sender() {
        Standing standing = chat.channels().standing(alice, Account.CHANNEL);
        standing.require(Action.SEND_MESSAGE);
        return standing;
    }

    @TearDown
    public void close() {
        chat.close();
    }
}
