package bellframe.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which lanes of one kind have something to do, as far as it is in memory: a bounded number of them. Those that find no
/// room are in the store, which is asked again once there is some.
///
/// A lane is worked on by one thread at a time.
final class Lanes {

    /// How many lanes are kept in memory, beside those to which entries are being added.
    static final int KEPT_MAX = 10_000;

    private enum State {
        /// Nothing to do.
        IDLE,
        /// To be worked on.
        READY,
        /// Being worked on.
        RUNNING,
        /// To be woken later.
        WAITING
    }

    private static final class Lane {
        private State state = State.IDLE;
        /// Woken, or added to, while it ran.
        private boolean again;
        /// Resumed before it waited.
        private boolean resumed;
        private int adding;
        /// Whether entries may have been added since its thread began to look for some.
        private boolean touched;
        private final Set<EntryPlace> recorded = new HashSet<>();
        private Attempts attempts = Attempts.NONE;
    }

    private final Lock lock = new ReentrantLock();
    // Guarded by lock.
    private final Map<LaneName, Lane> lanes = new HashMap<>();
    private final Deque<LaneName> ready = new ArrayDeque<>();
    private boolean missed;
    private final Runnable quiet;

    /// @param quiet runs, while nobody can add anything, when there is no lane any more
    Lanes(Runnable quiet) {
        this.quiet = quiet;
    }

    /// From now on entries are being added, and what is known of the lane stays.
    void beginAdding(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(name, _ -> new Lane());
            lane.adding++;
            lane.touched = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isRecorded(LaneName name, EntryPlace place) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            return lane != null && lane.recorded.contains(place);
        } finally {
            lock.unlock();
        }
    }

    void recorded(LaneName name, EntryPlace place) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null) {
                lane.recorded.add(place);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Wake the lane after this. If there is room it is kept until then, so that it does not look as if nothing waited.
    void endAdding(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null) {
                lane.adding--;
                lane.again = true;
                if (lanes.size() > KEPT_MAX) {
                    forgetIfIdle(name, lane);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The lane's thread is about to look for entries.
    void look(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null) {
                lane.touched = lane.adding > 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes the record of a place, in which no entries were found, out of the store, unless entries are being added to the
    /// lane, or have been since [#look], and so may not have been there to be found.
    ///
    /// @param removal submits the removal, so that whoever records the place after this does so behind it
    /// @return what the removal came to; null if it was not begun
    @Nullable
    CompletableFuture<Boolean> retire(LaneName name, EntryPlace place, Supplier<CompletableFuture<Boolean>> removal) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane == null || lane.touched) {
                return null;
            }
            lane.recorded.remove(place);
            return removal.get();
        } finally {
            lock.unlock();
        }
    }

    /// A lane may have something to do.
    void wake(LaneName name) {
        lock.lock();
        try {
            Lane known = lanes.get(name);
            if (known == null && lanes.size() >= KEPT_MAX) {
                missed = true;
                return;
            }
            Lane lane = known == null ? lanes.computeIfAbsent(name, _ -> new Lane()) : known;
            switch (lane.state) {
                case IDLE -> makeReady(name, lane);
                case RUNNING -> lane.again = true;
                case READY, WAITING -> {
                    // It will look by itself.
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The time of a lane has come that waits, or is about to.
    void resume(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null && lane.state == State.WAITING) {
                makeReady(name, lane);
            } else if (lane != null && lane.state == State.RUNNING) {
                lane.resumed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeReady(LaneName name, Lane lane) {
        lane.state = State.READY;
        ready.add(name);
    }

    /// A lane to work on until [#rest] or [#await]; null if there is none.
    @Nullable
    LaneName take() {
        lock.lock();
        try {
            LaneName name = ready.poll();
            if (name != null) {
                Lane lane = lanes.get(name);
                if (lane != null) {
                    lane.state = State.RUNNING;
                    lane.again = false;
                    lane.resumed = false;
                }
            }
            return name;
        } finally {
            lock.unlock();
        }
    }

    /// A lane had nothing more to do when its thread looked.
    void rest(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null) {
                lane.state = State.IDLE;
                if (lane.again) {
                    makeReady(name, lane);
                } else {
                    forgetIfIdle(name, lane);
                    if (lanes.isEmpty() && !missed) {
                        quiet.run();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// A lane waits until it is resumed, or goes on at once if it has been since it was taken.
    void await(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null && lane.resumed) {
                makeReady(name, lane);
            } else if (lane != null) {
                lane.state = State.WAITING;
            }
        } finally {
            lock.unlock();
        }
    }

    Attempts attempts(LaneName name) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            return lane == null ? Attempts.NONE : lane.attempts;
        } finally {
            lock.unlock();
        }
    }

    void attempted(LaneName name, Attempts attempts) {
        lock.lock();
        try {
            Lane lane = lanes.get(name);
            if (lane != null) {
                lane.attempts = attempts;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hasReady() {
        lock.lock();
        try {
            return !ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Whether lanes found no room, and there is some again; the store is to be asked then.
    boolean takeMissed() {
        lock.lock();
        try {
            boolean room = missed && lanes.size() < KEPT_MAX / 2;
            if (room) {
                missed = false;
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return lanes.size();
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfIdle(LaneName name, Lane lane) {
        if (lane.state == State.IDLE && lane.adding == 0) {
            lanes.remove(name);
        }
    }
}
