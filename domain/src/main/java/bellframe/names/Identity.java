package bellframe.names;

import org.jspecify.annotations.Nullable;

/// A user or bot as others see it.
///
/// @param name the current name, for names may change while ARNs do not; null for one that was deleted
public record Identity(String arn, @Nullable String name) {
}
