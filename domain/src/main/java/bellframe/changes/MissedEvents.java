package bellframe.changes;

import bellframe.events.ChannelEvent;
import bellframe.names.EventPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Collects the events that one user missed, until they are too many to be told.
public final class MissedEvents {

    /// What has been collected, shared by all views of it.
    private static final class Found {
        private final int max;
        private final List<Missed> events = new ArrayList<>();
        private boolean tooMany;

        private Found(int max) {
            this.max = max;
        }

        private void add(Missed event) {
            tooMany |= events.size() == max;
            if (!tooMany) {
                events.add(event);
            }
        }
    }

    private final Gap gap;
    private final Found found;
    private final BooleanSupplier condition;
    private final Runnable atEnd;
    /// Whether none of these events is to be told any more.
    private final AtomicBoolean ended = new AtomicBoolean();

    /// @param max how many are collected
    public MissedEvents(Gap gap, int max) {
        this(gap, new Found(max), () -> true, () -> {
        });
    }

    private MissedEvents(Gap gap, Found found, BooleanSupplier condition, Runnable atEnd) {
        this.gap = gap;
        this.found = found;
        this.condition = condition;
        this.atEnd = atEnd;
    }

    /// The same for events in a part of the gap, of which none is to be told any more once a condition has not held for one
    /// of them.
    ///
    /// @param ended runs when that happens
    public MissedEvents within(Gap part, BooleanSupplier holds, Runnable ended) {
        return new MissedEvents(part, found, holds, ended);
    }

    public Gap gap() {
        return gap;
    }

    /// Whether there are more than may be told; then it is no use to look for others.
    public boolean isTooMany() {
        return found.tooMany;
    }

    /// It takes too much to find all there are.
    public void giveUp() {
        found.tooMany = true;
    }

    /// What happened to a subject in the gap and behind it, or the part of it that shows that it is too much.
    public List<Change> read(ChangeLog log, String subject) {
        List<Change> changes = log.list(subject, gap.after(), found.max + 1);
        found.tooMany |= changes.size() > found.max;
        return changes;
    }

    /// Those of some changes, given in order, that lie in the gap, the last one first: what it says of its subject holds.
    public List<Change> lastFirst(List<Change> changes) {
        return changes.reversed().stream().filter(change -> gap.contains(change.position())).toList();
    }

    /// Adds an event, if it lies in the gap.
    public void add(EventPosition position, Supplier<@Nullable ChannelEvent> event) {
        if (gap.contains(position)) {
            found.add(new Missed(position, () -> isGoingOn() ? event.get() : null));
        }
    }

    /// Adds an event, if it lies in the gap, without which none of the others is to be told.
    public void addBeginning(EventPosition position, Supplier<@Nullable ChannelEvent> event) {
        add(position, () -> {
            ChannelEvent told = event.get();
            if (told == null) {
                end();
            }
            return told;
        });
    }

    private boolean isGoingOn() {
        if (!ended.get() && !condition.getAsBoolean()) {
            end();
        }
        return !ended.get();
    }

    private void end() {
        ended.set(true);
        atEnd.run();
    }

    /// In the order of their positions.
    public List<Missed> inOrder() {
        return found.events.stream().sorted(Comparator.comparing(Missed::position)).toList();
    }
}
