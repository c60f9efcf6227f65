package bellframe.channels;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Makes changes of a channel's memberships wait for one another. Held over commits, so only for what is rare;
/// no other lock is taken under it.
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
