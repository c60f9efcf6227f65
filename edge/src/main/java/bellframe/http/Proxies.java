package bellframe.http;

import java.net.InetAddress;
import java.util.List;

/// The proxies whose word is taken for who their clients are.
///
/// @param trusted where they connect from
/// @param protocol whether each of their connections begins with a header of the PROXY protocol
public record Proxies(List<AddressBlock> trusted, boolean protocol) {

    public static final Proxies NONE = new Proxies(List.of(), false);

    public Proxies {
        trusted = List.copyOf(trusted);
    }

    boolean trust(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }
}
