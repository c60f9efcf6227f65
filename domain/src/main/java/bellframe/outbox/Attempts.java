package bellframe.outbox;

import bellframe.names.EventPosition;

/// How often an entry was tried in vain since the server started.
record Attempts(EventPosition entry, int count) {

    static final Attempts NONE = new Attempts(EventPosition.START, 0);

    /// Of one entry: none if these are of another.
    int of(OutboxEntry candidate) {
        return entry.equals(candidate.number()) ? count : 0;
    }
}
