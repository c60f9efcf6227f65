package bellframe.changes;

import bellframe.events.ChannelEvent;
import bellframe.names.EventPosition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An event that somebody missed.
///
/// @param event makes it out of what the store holds by then; null if there is nothing to tell any more
public record Missed(EventPosition position, Supplier<@Nullable ChannelEvent> event) {
}
