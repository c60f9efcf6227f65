package bellframe.bench.load;

/// When the next request is sent.
public sealed interface Pace {

    /// As soon as the one before is answered: shows how much a server can do. Times begin when a request is sent.
    record Saturating() implements Pace {
    }

    /// By a timetable that does not wait for answers, so that a server that stalls is not asked less. Times begin when a request
    /// was to be sent, even if its connection was still busy then.
    ///
    /// @param perSecond over all connections together
    record Timetable(double perSecond) implements Pace {
    }
}
