package bellframe.sessions;

import java.util.List;

/// Which of a channel's subscribers get an event.
sealed interface Audience {

    record Everyone() implements Audience {
    }

    /// Those of these users that are subscribed.
    record Only(List<String> userArns) implements Audience {
    }
}
