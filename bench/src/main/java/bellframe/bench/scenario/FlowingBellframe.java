package bellframe.bench.scenario;

import bellframe.bench.load.Request;
import bellframe.bench.load.SigningKey;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Bellframe, with a flow for every channel.
record FlowingBellframe(Bellframe bellframe) implements Subject {

    /// The settings for a processor.
    ///
    /// @param lambda where it is, as an endpoint of Lambda
    static Map<String, String> settings(URI lambda) {
        return Map.of("BELLFRAME_LAMBDA_ENDPOINT", lambda.toString(), "BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true",
                "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY",
                "of-a-processor-that-looks-at-none");
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
        List<Request> sends = bellframe.channels(count);
        bellframe.associateFlow(sends);
        return sends;
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
