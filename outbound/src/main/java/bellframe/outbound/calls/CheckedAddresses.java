package bellframe.outbound.calls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves the hosts that may be called, to the addresses that may be connected to. The client connects to what this
/// returns and asks nobody else, so that the address that was checked is the one that is used, for literals too.
final class CheckedAddresses implements DnsResolver {

    /// Where names are looked up.
    interface Names {

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Predicate<String> hosts;
    private final Set<Reach> reaches;
    private final Names names;

    CheckedAddresses(Predicate<String> hosts, Set<Reach> reaches, Names names) {
        this.hosts = hosts;
        this.reaches = reaches;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (!hosts.test(host)) {
            throw new AddressRefused(host + " is not among the hosts that may be called");
        }
        InetAddress[] allowed = Stream.of(names.addresses(host))
                .filter(address -> reaches.contains(Reach.of(address)))
                .toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new AddressRefused(host + " has an address that may not be called");
        }
        return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
