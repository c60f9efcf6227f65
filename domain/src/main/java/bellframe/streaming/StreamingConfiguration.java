package bellframe.streaming;

import org.jspecify.annotations.Nullable;

/// The streams of an app instance's events.
///
/// @param channels the ARN of the stream for everything that happens to channels; null for none
/// @param messages the ARN of the stream for everything that happens to messages; null for none
public record StreamingConfiguration(@Nullable String channels, @Nullable String messages) {
}
