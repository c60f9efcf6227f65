package bellframe.bench;

import bellframe.api.messaging.GetChannelMessageRequest;
import bellframe.api.messaging.GetChannelMessageResponse;
import bellframe.api.messaging.ListChannelMessagesRequest;
import bellframe.api.messaging.ListChannelMessagesResponse;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to read messages back.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class HistoryBenchmark {

    private static final int MESSAGES = 100;
    private static final int PAGE = 50;

    @Param
    private Content content;

    private final Chat chat = Chat.kept();
    private final ListChannelMessagesRequest list = ListChannelMessagesRequest.builder()
            .channelArn(Account.CHANNEL)
            .chimeBearer(Account.USER)
            .maxResults(PAGE)
            .build();
    private GetChannelMessageRequest get;
    private ListChannelMessagesResponse page;

    @Setup
    public void fill() {
        SendChannelMessageRequest input = SendRequest.read(SendRequest.body(content));
        for (int i = 1; i < MESSAGES; i++) {
            chat.operations().send(SendRequest.withToken(input, "token-" + i));
        }
        get = GetChannelMessageRequest.builder()
                .channelArn(Account.CHANNEL)
                .messageId(chat.operations().send(input).messageId())
                .chimeBearer(Account.USER)
                .build();
        page = chat.operations().list(list);
    }

    /// One message, from its row.
    @Benchmark
    public GetChannelMessageResponse message() {
        return chat.operations().get(get);
    }

    /// The newest page, from its rows.
    @Benchmark
    public ListChannelMessagesResponse page() {
        return chat.operations().list(list);
    }

    /// The bytes of that page.
    @Benchmark
    public byte[] pageWritten() {
        return Answers.json(MessagingOperations.LIST_CHANNEL_MESSAGES, page);
    }

    @TearDown
    public void close() {
        chat.close();
    }
}
