package bellframe.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.api.messaging.MessagingDataType;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.streaming.StreamSinks.Fitness;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingOperationsTest {

    private static final String FIT = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-a";
    private static final String JUDGED = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-b";

    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, new TestClock());

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(new Fitness.Absent(), Refusal.NOT_FOUND, "does not exist"),
                Arguments.of(new Fitness.Unfit("too few shards"), Refusal.CONFLICT, "too few shards"),
                Arguments.of(new Fitness.Forbidden(), Refusal.NOT_ALLOWED, "may not use"),
                Arguments.of(new Fitness.Unknown("no answer"), Refusal.UNAVAILABLE, "no answer"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatIsUnfitIsNotConfigured(Fitness fitness, Refusal refusal, String problem) {
        var operations = new StreamingOperations(world.appInstances, world.streaming, world.sinks);
        world.sinks.judge(JUDGED, fitness);

        Refused refused = catchThrowableOfType(Refused.class, () -> operations.put(request(FIT, JUDGED)));

        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(refused).hasMessageStartingWith(JUDGED + ": ").hasMessageContaining(problem);
        assertThat(world.streaming.find(world.appInstance.arn())).isNull();
    }

    @Test
    void whatIsFitIsConfigured() {
        var operations = new StreamingOperations(world.appInstances, world.streaming, world.sinks);

        operations.put(request(FIT, FIT));

        assertThat(world.streaming.find(world.appInstance.arn())).isEqualTo(new StreamingConfiguration(FIT, FIT));
    }

    @Test
    void withoutSinksAnyStreamIsKept() {
        var operations = new StreamingOperations(world.appInstances, world.streaming, null);

        operations.put(request(FIT, JUDGED));

        assertThat(world.streaming.find(world.appInstance.arn())).isEqualTo(new StreamingConfiguration(FIT, JUDGED));
    }

    private PutMessagingStreamingConfigurationsRequest request(String channels, String messages) {
        return new PutMessagingStreamingConfigurationsRequest(world.appInstance.arn().toString(), List.of(
                new bellframe.api.messaging.StreamingConfiguration(MessagingDataType.CHANNEL, channels),
                new bellframe.api.messaging.StreamingConfiguration(MessagingDataType.CHANNEL_MESSAGE, messages)));
    }
}
