package bellframe.channels;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Makes changes of a channel wait for one another: one instance for creations, one for memberships. Held over commits,
/// so only for what is rare. A creation may take a membership lock, never the other way round.
final class ChannelLocks {

    private static final int STRIPES = 256;

    private final Lock[] stripes = new Lock[STRIPES];

    ChannelLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    Lock of(String incarnation) {
        return stripes[Math.floorMod(incarnation.hashCode(), STRIPES)];
    }
}
