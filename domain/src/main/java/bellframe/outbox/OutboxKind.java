package bellframe.outbox;

/// What entries are for. Those of different kinds do not wait for each other, nor take room from each other. The wire id is
/// stored and must never change.
public enum OutboxKind {
    /// A message is handed to a processor of its channel's flow.
    FLOW(1);

    private final int wireId;

    OutboxKind(int wireId) {
        this.wireId = wireId;
    }

    int wireId() {
        return wireId;
    }
}
