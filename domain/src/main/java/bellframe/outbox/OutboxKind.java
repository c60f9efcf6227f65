package bellframe.outbox;

/// What entries are for. Entries of one kind for one channel are in order, those of different kinds do not wait for each
/// other. The wire id is stored and must never change.
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
