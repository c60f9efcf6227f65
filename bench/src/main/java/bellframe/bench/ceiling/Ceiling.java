package bellframe.bench.ceiling;

/// What a ceiling does with a request.
public enum Ceiling {
    /// Reads it and answers.
    ANSWER,
    /// Writes its body to disk before it answers, as one of a group.
    COMMIT,
    /// Writes one prepared frame to all sessions, and answers.
    BROADCAST,
    /// Writes its body to disk, then one prepared frame to all sessions, and answers.
    COMMIT_AND_BROADCAST;

    boolean commits() {
        return this == COMMIT || this == COMMIT_AND_BROADCAST;
    }

    boolean broadcasts() {
        return this == BROADCAST || this == COMMIT_AND_BROADCAST;
    }
}
