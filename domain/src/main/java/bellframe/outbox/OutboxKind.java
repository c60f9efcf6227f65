package bellframe.outbox;

import bellframe.storage.Key;

/// What entries are for. Those of different kinds do not wait for each other, nor take room from each other. The wire id is
/// stored and must never change.
public enum OutboxKind {
    /// A message is handed to a processor of its channel's flow.
    FLOW(1),
    /// Whose devices are to show a message is found out.
    PUSH(2),
    /// A notification is pushed to some devices of one app.
    DEVICES(3),
    /// A bot is asked.
    BOT(4),
    /// An event is appended to a stream, also if its channel is gone by then.
    STREAM(128);

    /// The wire ids below this are of what goes with its channel.
    private static final int KEPT_WITHOUT_CHANNEL = 128;

    private final int wireId;

    OutboxKind(int wireId) {
        this.wireId = wireId;
    }

    /// The first row that is not of what goes with its channel, in a partition of OUTBOX that lies beside messages.
    public static Key keptWithoutChannel() {
        return Key.builder().number8(KEPT_WITHOUT_CHANNEL).build();
    }

    int wireId() {
        return wireId;
    }
}
