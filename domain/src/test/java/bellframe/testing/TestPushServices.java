package bellframe.testing;

import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices;
import bellframe.push.UserEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Push services that note what they take, and fail or know a device no more if they are told to.
public final class TestPushServices implements PushServices {

    private final BlockingQueue<DeviceNotification> taken = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, Supplier<DeliveryFailed>> failing = new ConcurrentHashMap<>();
    private final Set<String> invalid = ConcurrentHashMap.newKeySet();
    private final Set<String> absentApps = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger underWayMax = new AtomicInteger();
    private volatile @Nullable Supplier<DeliveryFailed> failure;

    @Override
    public boolean serves(String resourceArn, UserEndpoint.Type type) {
        return !absentApps.contains(resourceArn);
    }

    @Override
    public Outcome push(DeviceNotification notification) throws DeliveryFailed {
        calls.incrementAndGet();
        underWayMax.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            Supplier<DeliveryFailed> why = failing.getOrDefault(notification.deviceToken(), failure);
            if (why != null) {
                throw why.get();
            }
            if (invalid.contains(notification.deviceToken())) {
                return Outcome.INVALID_DEVICE;
            }
            taken.add(notification);
            return Outcome.TAKEN;
        } finally {
            underWay.decrementAndGet();
        }
    }

    /// Fails from now on, whatever the device; null ends that.
    public void failWith(@Nullable Supplier<DeliveryFailed> newFailure) {
        failure = newFailure;
    }

    /// Fails from now on for one device; null ends that.
    public void failWith(String deviceToken, @Nullable Supplier<DeliveryFailed> newFailure) {
        if (newFailure == null) {
            failing.remove(deviceToken);
        } else {
            failing.put(deviceToken, newFailure);
        }
    }

    /// Knows a device no more.
    public void forget(String deviceToken) {
        invalid.add(deviceToken);
    }

    /// Has no such app from now on.
    public void withoutApp(String resourceArn) {
        absentApps.add(resourceArn);
    }

    /// The next notification that was taken, which must come within 10 s.
    public DeviceNotification next() throws InterruptedException {
        DeviceNotification next = taken.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was pushed");
        }
        return next;
    }

    /// All that were taken and [#next()] has not returned.
    public List<DeviceNotification> all() {
        var all = new ArrayList<DeviceNotification>();
        taken.drainTo(all);
        return all;
    }

    /// How often anything was pushed, in vain or not.
    public int calls() {
        return calls.get();
    }

    /// How many pushes there were at once, at most.
    public int atOnceMax() {
        return underWayMax.get();
    }
}
