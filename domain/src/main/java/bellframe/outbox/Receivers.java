package bellframe.outbox;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The receivers of one kind of entries that are at work, or have failed. Whoever is forgotten begins anew.
final class Receivers {

    private final int callsAtOnce;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final ConcurrentHashMap<String, Receiver> byName = new ConcurrentHashMap<>();

    Receivers(int callsAtOnce, LongSupplier nanoTime, RandomGenerator random) {
        this.callsAtOnce = callsAtOnce;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /// Asks to hand over an entry, by the receiver that is known by the name then.
    Receiver.Admission enter(String name, LaneName lane) {
        var admission = new Receiver.Admission[1];
        byName.compute(name, (made, known) -> {
            var receiver = known == null ? new Receiver(made, callsAtOnce, nanoTime, random) : known;
            admission[0] = receiver.enter(lane);
            return receiver;
        });
        return admission[0];
    }

    /// Forgets a receiver of which there is nothing to be known.
    void forgetIfQuiet(String name) {
        byName.computeIfPresent(name, (_, receiver) -> receiver.isQuiet() ? null : receiver);
    }

    long open() {
        return byName.values().stream().filter(receiver -> receiver.status().open()).count();
    }

    List<ReceiverStatus> statuses() {
        return byName.values()
                .stream()
                .map(Receiver::status)
                .sorted(Comparator.comparing(ReceiverStatus::name))
                .toList();
    }
}
