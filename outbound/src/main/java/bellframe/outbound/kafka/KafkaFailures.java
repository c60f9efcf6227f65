package bellframe.outbound.kafka;

import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What failures of Kafka's clients mean. Their messages may quote a broker, and stay out of reasons.
final class KafkaFailures {

    private static final Logger log = LoggerFactory.getLogger(KafkaFailures.class);

    private KafkaFailures() {
    }

    static DeliveryFailed of(Throwable problem) {
        return problem instanceof RecordTooLargeException
                ? DeliveryFailed.permanentFailure("the record is too large for the Kafka topic")
                : DeliveryFailed.transientFailure(reason(problem));
    }

    /// For a client that could not be made, because of its properties or because the servers' names lead nowhere.
    static DeliveryFailed ofMaking(Throwable problem) {
        log.warn("a client of Kafka could not be made", problem);
        return DeliveryFailed.transientFailure("the client of the Kafka cluster could not be made: "
                + problem.getClass().getSimpleName());
    }

    static Fitness fitness(Throwable problem) {
        return switch (problem) {
            case UnknownTopicOrPartitionException _ -> new Fitness.Absent();
            case AuthorizationException _ -> new Fitness.Forbidden();
            case AuthenticationException _ -> new Fitness.Forbidden();
            default -> new Fitness.Unknown(reason(problem));
        };
    }

    /// Whether a producer may be of no more use: after some failures, such as a refusal of its id, it refuses all that
    /// follows. Those after which it goes on are listed, and another one is made after all others.
    static boolean breakProducers(Throwable problem) {
        return !(problem instanceof RetriableException || problem instanceof RecordTooLargeException
                || problem instanceof TopicAuthorizationException || problem instanceof InvalidTopicException);
    }

    private static String reason(Throwable problem) {
        return switch (problem) {
            case TimeoutException _ -> "the Kafka cluster took too long";
            case UnknownTopicOrPartitionException _ -> "Kafka topic not found";
            case TopicAuthorizationException _ -> "no access to the Kafka topic";
            case AuthorizationException _ -> "no access to the Kafka cluster";
            case AuthenticationException _ -> "the Kafka cluster does not take the credentials";
            default -> "the call to the Kafka cluster failed: " + problem.getClass().getSimpleName();
        };
    }
}
