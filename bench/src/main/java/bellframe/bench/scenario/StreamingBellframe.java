package bellframe.bench.scenario;

import bellframe.bench.load.Request;
import bellframe.bench.load.SigningKey;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Bellframe, with a stream for the messages of all channels.
record StreamingBellframe(Bellframe bellframe) implements Subject {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-bench";

    /// The settings for a stream that is a webhook.
    static Map<String, String> settings(URI webhook) {
        return Map.of("BELLFRAME_STREAM_SINKS", STREAM + "=" + webhook, "BELLFRAME_WEBHOOK_SECRET",
                "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true");
    }

    @Override
    public String name() {
        return bellframe.name();
    }

    @Override
    public ServerProcess process() {
        return bellframe.process();
    }

    @Override
    public SigningKey key() {
        return bellframe.key();
    }

    @Override
    public List<Request> channels(int count) {
        bellframe.stream(STREAM);
        return bellframe.channels(count);
    }

    @Override
    public Crowd crowd(int members) {
        return bellframe.crowd(members);
    }

    @Override
    public void close() {
        bellframe.close();
    }
}
