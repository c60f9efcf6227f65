package bellframe.bench;

import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.api.messaging.SendChannelMessageResponse;
import bellframe.credentials.AcceptedRegions;
import bellframe.credentials.Authenticator;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/// What the whole of a message costs but for the network, the disk and the finding of its route: each step of the
/// others, in the order in which a request takes them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class SendChannelMessageBenchmark {

    @Param
    private Content content;

    private final Account account = new Account();
    private final Authenticator authenticator = new Authenticator(account.keys(),
            new AcceptedRegions.Only(Account.REGION), account.clock());
    private final Chat chat = Chat.unwritten();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private SignedRequest request;
    private SendChannelMessageResponse response;

    @Setup
    public void prepare() {
        request = SendRequest.signedBy(account.chatUser(), content);
        response = chat.operations().send(SendRequest.read(request.body()));
    }

    /// From the signed request of a chat user to the bytes of the answer.
    @Benchmark
    public byte[] whole() {
        var operation = MessagingOperations.SEND_CHANNEL_MESSAGE;
        Signer signer = authenticator.authenticate(request, SignedService.CHIME);
        SendChannelMessageRequest input = SendRequest.read(request.body());
        operation.validator().validate(input);
        account.permissions()
                .require(signer.principal(), Account.ORIGIN, "chime:" + operation.name(),
                        operation.resources().of(input));
        return Answers.json(operation, chat.operations().send(input));
    }

    /// The same on a virtual thread of its own, as the server does it: what is kept by thread is made anew.
    @Benchmark
    public byte[] onNewThread() throws InterruptedException, ExecutionException {
        return requests.submit(this::whole).get();
    }

    /// The bytes of the answer alone.
    @Benchmark
    public byte[] answer() {
        return Answers.json(MessagingOperations.SEND_CHANNEL_MESSAGE, response);
    }

    @TearDown
    public void close() {
        requests.close();
        chat.close();
    }
}
