package bellframe.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The lines that a running process prints, read as they come and waited for one after the other.
final class OutputLines {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private int next;
    private boolean ended;

    private OutputLines() {
    }

    static OutputLines of(BufferedReader reader) {
        var output = new OutputLines();
        // A virtual thread would keep its carrier while it waits for a line, and there are as few of those as processors.
        Thread.ofPlatform().daemon().start(() -> output.readAll(reader));
        return output;
    }

    /// Skips to the next line that is wanted.
    String await(String description, Predicate<String> wanted, Duration limit) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (true) {
                while (next < lines.size()) {
                    String line = lines.get(next++);
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                if (ended || nanos <= 0) {
                    throw new AssertionError(
                            description + (ended ? " was not printed: " : " was not printed in time: ") + lines);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + description, e);
        } finally {
            lock.unlock();
        }
    }

    /// Every line that the process has printed in its life, once that is over.
    List<String> awaitEnd(Duration limit) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!ended) {
                if (nanos <= 0) {
                    throw new AssertionError("still running after " + limit.toSeconds()
                            + " s: " + lines);
                }
                nanos = changed.awaitNanos(nanos);
            }
            return List.copyOf(lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of a process", e);
        } finally {
            lock.unlock();
        }
    }

    private void readAll(BufferedReader reader) {
        try (reader) {
            reader.lines().forEach(this::add);
        } catch (IOException e) {
            add("could not be read on: " + e);
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
