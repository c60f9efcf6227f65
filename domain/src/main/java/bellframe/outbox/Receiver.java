package bellframe.outbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Somebody entries of one kind are handed to, at most so many at a time, and for a while none if it failed too often.
///
/// The circuit opens after [#FAILURES_TOLERATED] failures in a row, for a time that doubles with each further one; then one
/// attempt tells whether it closes.
final class Receiver {

    static final int FAILURES_TOLERATED = 5;

    private static final Logger log = LoggerFactory.getLogger(Receiver.class);

    private static final Duration OPEN_FIRST = Duration.ofSeconds(1);
    private static final Duration OPEN_MAX = Duration.ofMinutes(1);

    /// Whether an entry may be handed over now.
    sealed interface Admission {

        /// Yes; say the receiver what came of it.
        record Granted(Receiver receiver) implements Admission {
        }

        /// Not before others are through; the lane will be woken.
        record Parked() implements Admission {
        }

        /// Not for a while: it failed too often.
        ///
        /// @param reason what it failed with last
        /// @param left for how long; zero if somebody else's attempt is under way
        record Refused(String reason, Duration left) implements Admission {
        }
    }

    private static final Admission PARKED = new Admission.Parked();

    private final String name;
    private final int callsAtOnce;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Lock lock = new ReentrantLock();
    // Guarded by lock.
    private int underWay;
    private int failures;
    private long openUntil;
    private String lastReason = "";
    private final Deque<LaneName> parked = new ArrayDeque<>();

    Receiver(String name, int callsAtOnce, LongSupplier nanoTime, RandomGenerator random) {
        this.name = name;
        this.callsAtOnce = callsAtOnce;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    Admission enter(LaneName lane) {
        lock.lock();
        try {
            boolean failing = failures >= FAILURES_TOLERATED;
            long wait = openUntil - nanoTime.getAsLong();
            if (failing && (wait > 0 || underWay > 0)) {
                return new Admission.Refused(lastReason, Duration.ofNanos(Math.max(0, wait)));
            }
            if (underWay >= callsAtOnce) {
                parked.add(lane);
                return PARKED;
            }
            underWay++;
            return new Admission.Granted(this);
        } finally {
            lock.unlock();
        }
    }

    /// It took what it was handed, or refused it for what it was.
    ///
    /// @return lanes that waited for this
    List<LaneName> answered() {
        boolean back;
        List<LaneName> waited;
        lock.lock();
        try {
            back = failures >= FAILURES_TOLERATED;
            failures = 0;
            waited = leave();
        } finally {
            lock.unlock();
        }
        if (back) {
            log.info("{} is back", name);
        }
        return waited;
    }

    /// It failed. What was under way when the circuit opened tells nothing new.
    ///
    /// @return lanes that waited for this
    List<LaneName> failed(String reason) {
        boolean opens = false;
        List<LaneName> waited;
        lock.lock();
        try {
            lastReason = reason;
            if (!isLeftAlone()) {
                failures++;
                opens = failures == FAILURES_TOLERATED;
                if (failures >= FAILURES_TOLERATED) {
                    openUntil = nanoTime.getAsLong()
                            + Backoff.after(failures - FAILURES_TOLERATED, OPEN_FIRST, OPEN_MAX, random).toNanos();
                }
            }
            waited = leave();
        } finally {
            lock.unlock();
        }
        if (opens) {
            log.warn("{} failed {} times in a row and is left alone, but for an attempt now and then: {}", name,
                    FAILURES_TOLERATED, reason);
        }
        return waited;
    }

    private boolean isLeftAlone() {
        return failures >= FAILURES_TOLERATED && openUntil - nanoTime.getAsLong() > 0;
    }

    /// As many lanes as there is room for; all of them if nobody may be left to wake the rest, for a lane that is woken
    /// need not enter again.
    private List<LaneName> leave() {
        underWay--;
        boolean all = underWay == 0 || failures >= FAILURES_TOLERATED;
        int room = all ? parked.size() : Math.min(parked.size(), callsAtOnce - underWay);
        return IntStream.range(0, room).mapToObj(_ -> parked.remove()).toList();
    }

    /// Whether there is nothing to be known of it.
    boolean isQuiet() {
        lock.lock();
        try {
            return underWay == 0 && failures == 0 && parked.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    ReceiverStatus status() {
        lock.lock();
        try {
            boolean open = failures >= FAILURES_TOLERATED;
            long wait = Math.max(0, openUntil - nanoTime.getAsLong());
            return new ReceiverStatus(name, underWay, parked.size(), failures, open,
                    open ? Duration.ofNanos(wait) : Duration.ZERO, failures == 0 ? "" : lastReason);
        } finally {
            lock.unlock();
        }
    }
}
