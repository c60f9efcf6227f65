package bellframe.rows;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Makes changes of one thing wait for one another, and mostly not those of different things. Held over commits, so
/// only for what is rare.
public final class StripedLocks {

    private static final int STRIPES = 256;

    private final Lock[] stripes = new Lock[STRIPES];

    public StripedLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /// The lock of what has this name; others may share it.
    public Lock of(String name) {
        return stripes[Math.floorMod(name.hashCode(), STRIPES)];
    }
}
