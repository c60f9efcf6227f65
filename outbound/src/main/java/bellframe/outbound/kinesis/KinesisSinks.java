package bellframe.outbound.kinesis;

import bellframe.names.Account;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.util.Optional;
import java.util.Set;

/// Appends records to streams of Kinesis. Safe for use by many threads.
///
/// No failure is for good but that of a record that is too large for Kinesis: a stream that is missing or forbidden may be
/// there later.
public final class KinesisSinks implements StreamSinks {

    private final FirstUse<KinesisStreams, RuntimeException> streams;
    private final Account account;

    /// @param access which is not made before there is a record
    /// @param account whose app instances these are: theirs are fit, as on AWS
    public KinesisSinks(FirstUse<AwsAccess, RuntimeException> access, AwsEndpoint endpoint, Account account) {
        this.account = account;
        this.streams = new FirstUse<>(() -> new KinesisStreams(access.get(), endpoint));
    }

    /// The hosts that are called, as [CallRules] names them: AWS has hosts for each account, and one for those without.
    public static Set<String> hosts(AwsEndpoint endpoint) {
        return switch (endpoint) {
            case AwsEndpoint.Regional _ -> Set.of(endpoint.host("kinesis"), endpoint.host("*.data-kinesis"),
                    endpoint.host("*.control-kinesis"));
            case AwsEndpoint.At _ -> Set.of(endpoint.host("kinesis"));
        };
    }

    @Override
    public Fitness fitness(String streamArn) {
        Optional<KinesisStreamArn> stream = KinesisStreamArn.parse(streamArn);
        if (stream.isEmpty()) {
            return new Fitness.Unfit("the ARN names no Kinesis stream whose name begins with chime-messaging-");
        }
        return stream.get().account().equals(account)
                ? streams.get().fitness(stream.get())
                : new Fitness.Unfit("the Kinesis stream must be in the account and region of the app instance");
    }

    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        KinesisStreamArn stream = KinesisStreamArn.parse(streamArn)
                .orElseThrow(() -> DeliveryFailed.transientFailure(streamArn + " is no Kinesis stream"));
        streams.get().put(stream, new PendingRecord(partitionKey, record));
    }
}
