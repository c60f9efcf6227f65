package bellframe.server;

import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.webhook.WebhookCheck;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A stream that is a webhook. While it fails, it answers with whatever comes to its mind.
final class WebhookStream implements StreamReceiver {

    static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final int OUTCOMES = 8;

    private final TestReceiver receiver = new TestReceiver();
    private final Set<String> problems = ConcurrentHashMap.newKeySet();
    // Guarded by this.
    private final List<StreamedRecord> records = new ArrayList<>();
    private final Random random;
    private volatile int percentFailing;

    WebhookStream(long seed) {
        random = new Random(seed);
        receiver.reply(this::answer);
    }

    URI url() {
        return receiver.url("/events");
    }

    @Override
    public void start() {
        // It has been there from the beginning.
    }

    @Override
    public synchronized List<StreamedRecord> records() {
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return List.copyOf(records);
    }

    @Override
    public void fail() {
        failSome(100);
    }

    /// Fails so many of a hundred requests, of which it has taken some before.
    void failSome(int percent) {
        percentFailing = percent;
    }

    @Override
    public void recover() {
        failSome(0);
    }

    private void answer(Received request, Answering answering) throws IOException {
        if (!WebhookCheck.isSigned(request, SECRET)) {
            problems.add("not signed");
        }
        switch (outcome()) {
            case 0 -> answering.send(500, Map.of(), "no");
            case 1 -> answering.send(429, Map.of("Retry-After", "1"), "");
            case 2 -> answering.send(307, Map.of("Location", url().toString()), "");
            case 3 -> answering.send(404, Map.of("Content-Type", "text/html"), "{\"\0[<!");
            case 4 -> Reply.brokenOff().to(request, answering);
            case 5 -> {
                take(request);
                answering.send(503, Map.of(), "");
            }
            case 6 -> {
                take(request);
                Reply.brokenOff().to(request, answering);
            }
            case OUTCOMES - 1 -> {
                take(request);
                answering.send(200, Map.of("Content-Type", "application/json"), "{\"\0[<!");
            }
            default -> throw new AssertionError();
        }
    }

    private synchronized int outcome() {
        return random.nextInt(100) < percentFailing ? random.nextInt(OUTCOMES - 1) : OUTCOMES - 1;
    }

    private synchronized void take(Received request) {
        records.add(StreamedRecord.of(null, request.text()));
    }

    @Override
    public void close() {
        receiver.close();
    }
}
