package bellframe.outbound.kinesis;

import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.ClientsByRegion;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/// Streams of Kinesis, with a client of the SDK for each region.
final class KinesisStreams {

    private static final String RECEIVER = "Kinesis stream";

    private final AwsAccess access;
    private final ClientsByRegion<KinesisClient> clients;
    private final Gathering gathering = new Gathering(this::call);

    KinesisStreams(AwsAccess access, AwsEndpoint endpoint) {
        this.access = access;
        this.clients = new ClientsByRegion<>("Kinesis streams",
                region -> access.client(KinesisClient.builder(), region, endpoint));
    }

    void put(KinesisStreamArn stream, PendingRecord record) throws DeliveryFailed {
        if (record.tooLarge()) {
            throw DeliveryFailed.permanentFailure("the record is too large for a Kinesis stream");
        }
        gathering.put(stream, record);
    }

    private void call(KinesisStreamArn stream, List<PendingRecord> records) {
        try {
            var answer = clients.client(stream.region())
                    .putRecords(request -> request.streamName(stream.name())
                            .streamARN(stream.text())
                            .records(records.stream().map(PendingRecord::entry).toList()));
            PutOutcomes.tell(records, answer.records());
        } catch (RuntimeException problem) {
            fail(records, access.failure(RECEIVER, problem));
        } catch (DeliveryFailed failure) {
            fail(records, failure);
        }
    }

    /// A stream may be made again, access be given, and credentials be found.
    private static void fail(List<PendingRecord> records, DeliveryFailed failure) {
        DeliveryFailed passing = failure.permanent() ? DeliveryFailed.transientFailure(failure.reason()) : failure;
        records.forEach(record -> record.failed(passing));
    }

    Fitness fitness(KinesisStreamArn stream) {
        try {
            var answer = clients.client(stream.region())
                    .describeStreamSummary(request -> request.streamName(stream.name()).streamARN(stream.text()));
            return StreamSummary.fitness(answer.streamDescriptionSummary());
        } catch (RuntimeException problem) {
            return fitness(problem);
        } catch (DeliveryFailed failure) {
            return new Fitness.Unknown(failure.reason());
        }
    }

    private Fitness fitness(RuntimeException problem) {
        String code = problem instanceof AwsServiceException refused && refused.awsErrorDetails() != null
                ? String.valueOf(refused.awsErrorDetails().errorCode())
                : "";
        return switch (code) {
            case "ResourceNotFoundException" -> new Fitness.Absent();
            case "AccessDeniedException" -> new Fitness.Forbidden();
            default -> new Fitness.Unknown(access.failure(RECEIVER, problem).reason());
        };
    }
}
