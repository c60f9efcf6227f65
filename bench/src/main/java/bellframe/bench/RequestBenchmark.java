package bellframe.bench;

import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.SendChannelMessageRequest;
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
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to read the input of a message and to check it against the model.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class RequestBenchmark {

    @Param
    private Content content;

    private byte[] body;
    private SendChannelMessageRequest input;

    @Setup
    public void prepare() {
        body = SendRequest.body(content);
        input = SendRequest.read(body);
    }

    /// The bytes of the body become a request.
    @Benchmark
    public SendChannelMessageRequest read() {
        return SendRequest.read(body);
    }

    /// Each member is held against what the model says of it.
    @Benchmark
    public SendChannelMessageRequest validated() {
        MessagingOperations.SEND_CHANNEL_MESSAGE.validator().validate(input);
        return input;
    }
}
