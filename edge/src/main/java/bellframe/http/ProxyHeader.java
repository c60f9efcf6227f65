package bellframe.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.Optional;

/// Takes the client's address from the header of the PROXY protocol, which has been decoded, and leaves.
///
/// A connection that the proxy makes for itself, or of whose client it knows no IP address, stays the proxy's own.
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private final Clients clients;
    private final OpenConnections connections;
    private boolean refused;

    ProxyHeader(Clients clients, OpenConnections connections) {
        this.clients = clients;
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            Optional<InetAddress> source = source(header);
            header.release();
            take(ctx, source);
        } else if (refused) {
            // What came along with the header of a connection that is closed now must not be served.
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static Optional<InetAddress> source(HAProxyMessage header) {
        if (header.command() == HAProxyCommand.LOCAL) {
            return Optional.empty();
        }
        return switch (header.proxiedProtocol().addressFamily()) {
            case AF_IPv4, AF_IPv6 -> AddressBlock.address(header.sourceAddress());
            case AF_UNSPEC, AF_UNIX -> Optional.empty();
        };
    }

    private void take(ChannelHandlerContext ctx, Optional<InetAddress> source) {
        if (source.isEmpty()) {
            ctx.pipeline().remove(this);
            return;
        }
        Clients.Peer client = clients.named(ctx.channel(), source.get());
        if (connections.admit(ctx.channel(), client.address().network())) {
            ctx.pipeline().remove(this);
        } else {
            refused = true;
            ctx.close();
        }
    }
}
