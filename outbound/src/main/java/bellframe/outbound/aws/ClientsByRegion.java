package bellframe.outbound.aws;

import bellframe.outbox.DeliveryFailed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// A client of the SDK for each region that something is called in. Safe for use by many threads.
public final class ClientsByRegion<C> {

    /// Nearly as many as AWS has; clients of ours choose regions, and must not make clients of the SDK without end.
    public static final int REGIONS_MAX = 40;

    private final String called;
    private final Function<String, C> making;
    private final Map<String, C> clients = new HashMap<>();

    /// @param called what is called, for reasons
    /// @param making makes the client of a region
    public ClientsByRegion(String called, Function<String, C> making) {
        this.called = called;
        this.making = making;
    }

    /// The client of a region.
    ///
    /// @throws DeliveryFailed if there are too many regions
    public synchronized C client(String region) throws DeliveryFailed {
        C known = clients.get(region);
        if (known != null) {
            return known;
        }
        if (clients.size() == REGIONS_MAX) {
            throw DeliveryFailed.permanentFailure(called + " in too many regions");
        }
        C made = making.apply(region);
        clients.put(region, made);
        return made;
    }
}
