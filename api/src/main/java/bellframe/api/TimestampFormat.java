package bellframe.api;

/// How a timestamp stands in JSON; both forms carry whole milliseconds.
public enum TimestampFormat {
    /// A number of seconds since 1970 with a fraction: answers of the REST operations.
    EPOCH_SECONDS,
    /// `2021-06-03T16:26:31.013Z`, always three fraction digits: payloads of session events.
    ISO_8601
}
