package bellframe.outbound.kafka;

import java.time.Duration;

/// How long what may take. In sum a record has 15 seconds.
///
/// @param making until there is a producer, which takes the resolution of the servers' names
/// @param metadata until it is known where the topic is
/// @param delivery until all replicas have the record, with all attempts
/// @param request of these, one attempt
/// @param slack for what the client adds
record ClientLimits(Duration making, Duration metadata, Duration delivery, Duration request, Duration slack) {

    static final ClientLimits STANDARD = new ClientLimits(Duration.ofSeconds(3), Duration.ofSeconds(3),
            Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(1));
}
