package bellframe.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds the requests in flight, and tells when the last one is answered. Taking and giving back places never blocks.
final class Admission {

    private final int inFlightMax;
    /// One permit for each further request that may be worked on.
    private final Semaphore places;
    /// Lacks one permit for each request without an answer.
    private final Semaphore answers = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean draining;

    Admission(int inFlightMax) {
        this.inFlightMax = inFlightMax;
        this.places = new Semaphore(inFlightMax);
    }

    /// Takes a place for a request, or returns false if there is none or the server drains; whoever gets one owes
    /// [#worked()] and [#answered()].
    boolean enter() {
        if (!answers.tryAcquire()) {
            return false;
        }
        // Asked after the request counts, so that whoever drains and then waits misses none.
        if (draining || !places.tryAcquire()) {
            answers.release();
            return false;
        }
        return true;
    }

    /// The request's work is done, so another may take its place.
    void worked() {
        places.release();
    }

    /// The request's answer is with the network, or its client is gone.
    void answered() {
        answers.release();
    }

    int inFlight() {
        return inFlightMax - places.availablePermits();
    }

    /// Lets no further request in.
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    /// Waits until every request is answered; false if that takes longer than the limit.
    boolean awaitQuiet(Duration limit) throws InterruptedException {
        boolean quiet = answers.tryAcquire(Integer.MAX_VALUE, limit.toNanos(), TimeUnit.NANOSECONDS);
        if (quiet) {
            answers.release(Integer.MAX_VALUE);
        }
        return quiet;
    }
}
