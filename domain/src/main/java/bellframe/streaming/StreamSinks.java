package bellframe.streaming;

import bellframe.outbox.DeliveryFailed;

/// The streams that events go to, which are outside.
public interface StreamSinks {

    /// What a stream is fit for.
    sealed interface Fitness {

        /// Events may be streamed to it.
        record Fit() implements Fitness {
        }

        /// There is no such stream.
        record Absent() implements Fitness {
        }

        /// It is there, but must be set up differently.
        ///
        /// @param problem what is wrong with it, for whoever configures it
        record Unfit(String problem) implements Fitness {
        }

        /// It is there, but not for this server.
        record Forbidden() implements Fitness {
        }

        /// That cannot be found out at the moment.
        ///
        /// @param problem why, for whoever configures it
        record Unknown(String problem) implements Fitness {
        }
    }

    /// Looks whether events may be streamed to a stream. May block.
    ///
    /// @param streamArn the ARN of a Kinesis stream, which may stand for another kind of stream
    Fitness fitness(String streamArn);

    /// Appends a record to a stream, and returns once the stream has it for good. Runs on a virtual thread and may block; of
    /// one partition key there is one call at a time, and so their order is the stream's. The same record may come twice.
    ///
    /// @param partitionKey what is in order: the channel's ARN
    /// @param record JSON in UTF-8
    /// @throws DeliveryFailed if the stream did not take it, or it is not known that it did
    void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed;
}
