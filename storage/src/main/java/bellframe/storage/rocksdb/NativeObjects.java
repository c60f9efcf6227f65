package bellframe.storage.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;

/// Objects that live outside the heap, closed in the reverse of the order they came.
final class NativeObjects implements AutoCloseable {

    private final Deque<AbstractNativeReference> objects = new ArrayDeque<>();

    <T extends AbstractNativeReference> T keep(T object) {
        objects.push(object);
        return object;
    }

    @Override
    public void close() {
        while (!objects.isEmpty()) {
            objects.pop().close();
        }
    }
}
