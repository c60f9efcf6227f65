package bellframe.outbound.calls;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is first needed, since most servers never need it. Safe for use by many threads.
public final class FirstUse<T, E extends Exception> {

    /// Makes it.
    public interface Making<T, E extends Exception> {

        T make() throws E;
    }

    private final Making<T, E> making;
    private @Nullable T made;

    public FirstUse(Making<T, E> making) {
        this.making = making;
    }

    public synchronized T get() throws E {
        T value = made;
        if (value == null) {
            value = making.make();
            made = value;
        }
        return value;
    }

    /// What was made; empty if nobody needed it.
    public synchronized Optional<T> made() {
        return Optional.ofNullable(made);
    }
}
