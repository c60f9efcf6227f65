package bellframe.http;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory of request bodies in the whole server, from the first byte to the answer; nobody is known yet while
/// a body comes in, and many connections may send one at once.
final class BodyMemory {

    private final AtomicLong free;

    BodyMemory(long maxBytes) {
        this.free = new AtomicLong(maxBytes);
    }

    /// Takes so many bytes, or returns false if they are not there.
    boolean take(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
