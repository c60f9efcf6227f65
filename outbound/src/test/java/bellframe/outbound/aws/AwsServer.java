package bellframe.outbound.aws;

import bellframe.credentials.SignatureCheck;
import bellframe.credentials.SignedRequest;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A service of AWS on this machine. A request that the real one would not understand is answered with 400, and noted as a
/// fault.
public final class AwsServer implements AutoCloseable {

    public static final String KEY_ID = "AKIATESTTESTTESTTEST";
    public static final String SECRET = "a-secret-of-tests-and-of-nothing-else";

    private final TestReceiver receiver = new TestReceiver();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Protocol protocol;
    private volatile Reply reply;

    /// What the service understands.
    public interface Protocol {

        /// What is wrong with a request; null if nothing is.
        @Nullable
        String fault(Received request);
    }

    /// @param reply to begin with
    public AwsServer(Protocol protocol, Reply reply) {
        this.protocol = protocol;
        this.reply = reply;
        receiver.reply(this::answer);
    }

    public URI url() {
        return receiver.url();
    }

    /// How requests without fault are answered from now on.
    public void reply(Reply as) {
        reply = as;
    }

    /// The next request that nobody took yet; a fault in any is an error.
    public Received next() throws InterruptedException {
        Received request = receiver.await();
        if (!faults.isEmpty()) {
            throw new AssertionError(faults);
        }
        return request;
    }

    /// How many requests nobody took yet.
    public int waiting() {
        return receiver.waiting();
    }

    /// What is wrong with a request's signature; null if nothing is.
    public static @Nullable String signatureFault(Received request, String service, String region) {
        return SignatureCheck.fault(
                new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), request.headers(),
                        request.body()),
                KEY_ID, SECRET, service, region);
    }

    private void answer(Received request, Answering answering) throws IOException {
        String fault = protocol.fault(request);
        if (fault == null) {
            reply.to(request, answering);
        } else {
            faults.add(fault);
            answering.send(400, Map.of(), fault);
        }
    }

    @Override
    public void close() {
        receiver.close();
    }
}
