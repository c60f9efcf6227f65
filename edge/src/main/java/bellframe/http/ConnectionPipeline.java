package bellframe.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.OptionalSslHandler;
import java.util.function.Supplier;

/// The handlers of a connection, in the order in which bytes pass them.
final class ConnectionPipeline extends ChannelInitializer<Channel> {

    private static final String PROXY_DECODER = "proxy-decoder";
    private static final String PROXY_HEADER = "proxy-header";
    private static final String TLS = "tls";
    private static final String REQUEST_DECODER = "request-decoder";
    private static final String RESPONSE_ENCODER = "response-encoder";
    private static final String FLOW = "flow";
    private static final String REQUESTS = "requests";
    private static final String EXCHANGES = "exchanges";

    private final HttpLimits limits;
    private final BodyMemory bodies;
    private final Supplier<ServerTls> tls;
    private final ExchangeHandler exchanges;
    private final Clients clients;
    private final OpenConnections connections;

    /// @param tls asked once per connection, so that a renewed certificate serves the next one
    ConnectionPipeline(HttpLimits limits, Supplier<ServerTls> tls, ExchangeHandler exchanges, Clients clients,
            OpenConnections connections) {
        this.limits = limits;
        this.bodies = new BodyMemory(limits.bodiesMaxBytes());
        this.tls = tls;
        this.exchanges = exchanges;
        this.clients = clients;
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.opened(channel);
        Clients.Peer peer = clients.connected(channel);
        if (peer.trusted() || connections.admit(channel, peer.address().network())) {
            addHandlers(channel.pipeline(), clients.mustSayMore(peer));
        } else {
            channel.close();
        }
    }

    private void addHandlers(ChannelPipeline pipeline, boolean proxyProtocol) {
        if (proxyProtocol) {
            pipeline.addLast(PROXY_DECODER, new HAProxyMessageDecoder())
                    .addLast(PROXY_HEADER, new ProxyHeader(clients, connections));
        }
        pipeline
                .addLast(TLS, new OptionalSslHandler(tls.get().context()))
                .addLast(REQUEST_DECODER, new RequestDecoder(limits))
                .addLast(RESPONSE_ENCODER, new ResponseEncoder())
                .addLast(FLOW, new FlowControlHandler())
                .addLast(REQUESTS, new RequestAssembler(limits, bodies))
                .addLast(EXCHANGES, exchanges);
    }

    /// Leaves only TLS and what came after HTTP; the decoder goes last, since it hands on the bytes it has not used.
    static void removeHttp(ChannelPipeline pipeline) {
        pipeline.remove(EXCHANGES);
        pipeline.remove(REQUESTS);
        pipeline.remove(FLOW);
        pipeline.remove(RESPONSE_ENCODER);
        pipeline.remove(REQUEST_DECODER);
    }
}
