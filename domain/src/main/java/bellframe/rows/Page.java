package bellframe.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list, and where the list goes on.
///
/// @param next the cursor of the following page; null at the end of the list. A page may be short, even empty, and yet
///        have a next one
public record Page<T>(List<T> items, byte @Nullable [] next) {

    /// Reads one page of a list.
    @FunctionalInterface
    public interface Reader<T> {

        Page<T> read(byte @Nullable [] cursor, int limit);
    }

    /// A page of what matches in a list. Rather than look at all of a list of which little matches, the page is short.
    ///
    /// @param lookedAtMax about how many items of the list are looked at for one page
    /// @param match what an item is to the page; null for nothing
    public static <T, R> Page<R> matching(byte @Nullable [] cursor, int limit, int lookedAtMax, Reader<T> list,
            Function<T, @Nullable R> match) {
        var items = new ArrayList<R>(limit);
        byte[] next = cursor;
        int lookedAt = 0;
        do {
            Page<T> page = list.read(next, limit - items.size());
            items.addAll(page.map(match).items());
            lookedAt += Math.max(1, page.items().size());
            next = page.next();
        } while (next != null && items.size() < limit && lookedAt < lookedAtMax);
        return new Page<>(items, next);
    }

    /// The same page of what each item becomes; items that become null are left out.
    public <R> Page<R> map(Function<T, @Nullable R> function) {
        return new Page<>(items.stream().<@Nullable R>map(function).filter(Objects::nonNull).toList(), next);
    }
}
