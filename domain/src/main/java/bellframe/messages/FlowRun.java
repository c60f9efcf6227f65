package bellframe.messages;

import bellframe.events.ChannelEvent.MessageHeld.Change;
import bellframe.flows.ChannelFlow.Processor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The way of one message, or of one edit of it, through the channel's flow as that was when the message came.
sealed interface FlowRun {

    /// How long a processor may take to call back ("Using channel flows" in the developer guide of AWS).
    Duration DEADLINE = Duration.ofDays(2);

    /// How many callbacks are known to have been made before. A message may be edited without end.
    int SPENT_MAX = 100;

    /// The message's id.
    String messageId();

    /// What this run and those before it have been called back with.
    List<String> spent();

    /// A processor is to be called, or has been and is to call back.
    ///
    /// @param persistent false if the message is stored nowhere else
    /// @param message what the processors before made of the message
    /// @param processors the one at work, and those that follow; at least one
    /// @param callbackId what the one at work calls back with
    /// @param since when its turn began
    record Waiting(
            Change change,
            boolean persistent,
            String channelArn,
            Message message,
            List<Processor> processors,
            String callbackId,
            List<String> spent,
            Instant since) implements FlowRun {

        @Override
        public String messageId() {
            return message.id().text();
        }

        Processor processor() {
            return processors.getFirst();
        }

        boolean isLast() {
            return processors.size() == 1;
        }

        Instant deadline() {
            return since.plus(DEADLINE);
        }

        /// The next processor's turn.
        Waiting next(Message processed, String nextCallbackId, Instant now) {
            return new Waiting(change, persistent, channelArn, processed, processors.subList(1, processors.size()),
                    nextCallbackId, spentWithOwn(), now);
        }

        Ended end() {
            return new Ended(messageId(), spentWithOwn(), deadline());
        }

        private List<String> spentWithOwn() {
            return Stream.concat(spent.stream(), Stream.of(callbackId))
                    .skip(Math.max(0, spent.size() + 1 - SPENT_MAX))
                    .toList();
        }
    }

    /// Nothing more is to happen. Kept for a while, to tell a second callback from one that was never asked for.
    ///
    /// @param until when it need not be kept any more
    record Ended(String messageId, List<String> spent, Instant until) implements FlowRun {
    }
}
