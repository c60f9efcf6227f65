package bellframe.outbound.calls;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom the server may call.
///
/// @param hosts names and addresses that may be called; the label `*` stands for any one label
/// @param privateAddresses whether a name may lead to this machine and its networks, and plain HTTP may be spoken there
/// @param authorities certificates in PEM, of authorities that are trusted beside those of the JDK
public record CallRules(Set<String> hosts, boolean privateAddresses, @Nullable Path authorities, CallLimits limits) {

    public CallRules {
        hosts = new HostPatterns(hosts).hosts();
    }

    /// The host of a URL, as the rules name it.
    public static String hostOf(URI address) {
        return HostPatterns.normal(String.valueOf(address.getHost()));
    }

    boolean allowsHost(String host) {
        return new HostPatterns(hosts).include(host);
    }
}
