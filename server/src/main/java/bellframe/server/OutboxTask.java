package bellframe.server;

import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.ReceiverStatus;

/// Tells what waits to be handed to receivers outside, and how these are.
record OutboxTask(Outbox outbox) implements OperatorRequests.Task {

    @Override
    public OperatorRequests.Done run(String argument) {
        var lines = new StringBuilder();
        for (OutboxKind kind : OutboxKind.values()) {
            lines.append(kind).append(": ").append(outbox.waiting(kind)).append(" waiting\n");
        }
        outbox.receivers().forEach(receiver -> lines.append(line(receiver)).append('\n'));
        return new OperatorRequests.Done(lines.toString(), "listed what waits in the outbox");
    }

    @Override
    public boolean exclusive() {
        return false;
    }

    private static String line(ReceiverStatus receiver) {
        String state = receiver.open()
                ? "left alone for " + receiver.left().toSeconds() + " s"
                : receiver.underWay() + " under way, " + receiver.parked() + " channels waiting";
        String failures = receiver.failures() == 0
                ? ""
                : ", failed " + receiver.failures() + " times in a row: " + receiver.lastReason();
        return receiver.name() + ": " + state + failures;
    }
}
