package bellframe.rows;

import java.util.List;
import java.util.function.Function;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A part of a list, and where the list goes on.
///
/// @param next the cursor of the following page; null at the end of the list. A page may be short, even empty, and yet
///        have a next one
public record Page<T>(List<T> items, byte @Nullable [] next) {

    /// The same page of what each item becomes; items that become null are left out.
    public <R> Page<R> map(Function<T, @Nullable R> function) {
        return new Page<>(items.stream().<@Nullable R>map(function).filter(Objects::nonNull).toList(), next);
    }
}
