package bellframe.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a soak did to one channel and when, in the nanoseconds of this process's clock.
final class SoakChannel {

    static final long EVER = Long.MIN_VALUE;
    static final long NEVER = Long.MAX_VALUE;

    /// A time in which a user belonged to the channel; each end lies somewhere between two times.
    record Period(long joinBegun, long joined, long leaveBegun, long left) {

        boolean surelyCovers(long from, long to) {
            return joined < from && to < leaveBegun;
        }

        boolean mayTouch(long from, long to) {
            return joinBegun <= to && from <= left;
        }
    }

    /// A time in which a client was away and after which it was told what it missed.
    ///
    /// @param from when the last event had been heard; what was on its way then was missed too
    /// @param to when the session was established; then it began to be told
    record Absence(long from, long to) {

        /// How late a client may hear what happened, and how long the telling may take.
        private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(60);

        /// Whether somebody may have left while it was away, or was being told: then it is told only that.
        boolean mayHide(Period period) {
            return period.leaveBegun() <= to + LATE_NANOS && period.left() >= from - LATE_NANOS;
        }
    }

    /// A message that was sent; the answer may never have come.
    private record Sent(long begun, long answered) {
    }

    /// A message that the store has, in the store's order.
    ///
    /// @param target the one member beside the sender who may see it; null for all
    record Stored(String id, String name, @Nullable String target) {
    }

    final String arn;
    final String owner;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final Map<String, List<Period>> periods = new ConcurrentHashMap<>();

    SoakChannel(String arn, String owner) {
        this.arn = arn;
        this.owner = owner;
        joined(owner, EVER, EVER);
    }

    /// A message is about to be sent.
    void sending(String name) {
        sent.put(name, new Sent(System.nanoTime(), NEVER));
    }

    void answered(String name) {
        sent.computeIfPresent(name, (_, before) -> new Sent(before.begun(), System.nanoTime()));
    }

    void joined(String user, long begun, long ended) {
        periods.computeIfAbsent(user, _ -> new CopyOnWriteArrayList<>()).add(new Period(begun, ended, NEVER, NEVER));
    }

    /// The user is about to leave; [#left] says when it has.
    void leaving(String user, long begun) {
        replaceLast(user, last -> new Period(last.joinBegun(), last.joined(), begun, NEVER));
    }

    void left(String user) {
        replaceLast(user, last -> new Period(last.joinBegun(), last.joined(), last.leaveBegun(), System.nanoTime()));
    }

    boolean isMember(String user) {
        List<Period> all = periods.getOrDefault(user, List.of());
        return !all.isEmpty() && all.getLast().leaveBegun() == NEVER;
    }

    /// Whether a session that is established at a time must hear of a message, then or when it comes back.
    boolean mustReach(String user, long established, List<Absence> absences, Stored message) {
        Sent send = of(message);
        return established < send.begun() && send.answered() != NEVER && isFor(user, message)
                && periodsOf(user).stream()
                        .anyMatch(period -> period.surelyCovers(send.begun(), send.answered())
                                && absences.stream().noneMatch(absence -> absence.mayHide(period)));
    }

    boolean mayReach(String user, Stored message) {
        Sent send = of(message);
        return isFor(user, message)
                && periodsOf(user).stream().anyMatch(period -> period.mayTouch(send.begun(), send.answered()));
    }

    boolean isFor(String user, Stored message) {
        return message.target() == null || message.target().equals(user) || owner.equals(user);
    }

    /// The messages whose answer came; each of them must be in the store.
    List<String> answeredNames() {
        var names = new ArrayList<String>();
        sent.forEach((name, send) -> {
            if (send.answered() != NEVER) {
                names.add(name);
            }
        });
        return names;
    }

    private List<Period> periodsOf(String user) {
        return periods.getOrDefault(user, List.of());
    }

    private Sent of(Stored message) {
        Sent send = sent.get(message.name());
        if (send == null) {
            throw new AssertionError("nobody sent " + message);
        }
        return send;
    }

    private void replaceLast(String user, UnaryOperator<Period> change) {
        periods.computeIfPresent(user, (_, all) -> {
            all.set(all.size() - 1, change.apply(all.getLast()));
            return all;
        });
    }
}
