package bellframe.outbound.aws;

import bellframe.outbound.calls.CallRules;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a service of AWS is called.
public sealed interface AwsEndpoint {

    /// AWS itself, in whichever region is meant.
    record Regional() implements AwsEndpoint {
    }

    /// One that answers as AWS does, for all regions.
    record At(URI address) implements AwsEndpoint {
    }

    /// The host that is called, as [CallRules] names it.
    ///
    /// @param service as it begins the names of the service's hosts
    default String host(String service) {
        return switch (this) {
            case Regional _ -> service + ".*.amazonaws.com";
            case At(URI address) -> CallRules.hostOf(address);
        };
    }

    /// What the SDK is to use instead of the address it knows; null for nothing.
    default @Nullable URI override() {
        return switch (this) {
            case Regional _ -> null;
            case At(URI address) -> address;
        };
    }
}
