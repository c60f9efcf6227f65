package bellframe.http;

import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Tells who the client of a connection or a request is, whatever trusted proxies stand between.
final class Clients {

    private static final AttributeKey<Peer> PEER = AttributeKey.valueOf(Clients.class, "peer");
    private static final String FORWARDED_FOR = "x-forwarded-for";

    /// Whom a connection is from, worked out once.
    ///
    /// @param trusted whether it is a proxy's whose requests may be of others
    record Peer(ClientAddress address, boolean trusted) {
    }

    private final Proxies proxies;

    Clients(Proxies proxies) {
        this.proxies = proxies;
    }

    /// Takes a connection for what its socket says.
    Peer connected(Channel channel) {
        return remember(channel, ClientAddress.of(channel.remoteAddress()));
    }

    /// Takes a connection for what a trusted proxy says.
    Peer named(Channel channel, InetAddress address) {
        return remember(channel, ClientAddress.of(address));
    }

    private Peer remember(Channel channel, ClientAddress address) {
        var peer = new Peer(address, proxies.trust(address.address()));
        channel.attr(PEER).set(peer);
        return peer;
    }

    /// Whether a connection must begin with a header of the PROXY protocol.
    boolean mustSayMore(Peer peer) {
        return proxies.protocol() && peer.trusted();
    }

    Client of(Channel channel, SignedRequest request) {
        ClientAddress address = address(channel.attr(PEER).get(), request);
        List<String> agents = request.headers().getOrDefault("user-agent", List.of());
        var origin = new Origin(address.text(), channel.pipeline().get(SslHandler.class) != null,
                agents.isEmpty() ? null : agents.getFirst());
        return new Client(origin, address.network());
    }

    private ClientAddress address(Peer peer, SignedRequest request) {
        List<String> forwarded = peer.trusted()
                ? request.headers().getOrDefault(FORWARDED_FOR, List.of())
                : List.of();
        return forwarded.isEmpty()
                ? peer.address()
                : forwardedFor(String.join(",", forwarded)).map(ClientAddress::of).orElse(peer.address());
    }

    /// The last address that is no trusted proxy's: everything before it may be made up. Of trusted ones only, the first.
    ///
    /// @return empty if something else than an address comes before it is found
    private Optional<InetAddress> forwardedFor(String addresses) {
        for (int end = addresses.length();;) {
            int comma = addresses.lastIndexOf(',', end - 1);
            Optional<InetAddress> address = AddressBlock.address(addresses.substring(comma + 1, end).strip());
            if (comma < 0 || address.isEmpty() || !proxies.trust(address.get())) {
                return address;
            }
            end = comma;
        }
    }
}
