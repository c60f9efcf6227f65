package bellframe.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Sessions by the thousand on two threads: frames are looked at and not parsed, pings are answered.
final class LightClient implements AutoCloseable {

    static final String ESTABLISHED = "SESSION_ESTABLISHED";

    private static final int THREADS = 2;
    /// How many sessions connect at a time.
    private static final int CONNECTING_MAX = 50;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int FRAME_BYTES_MAX = 1024 * 1024;
    private static final int HEAD_BYTES_MAX = 8 * 1024;

    private final SignedRequests requests;
    private final @Nullable SslContext tls;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<FrameCount> counts = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener();

    LightClient(SdkClients clients, Scheme scheme) {
        requests = clients.signedRequests();
        tls = switch (scheme) {
            case PLAIN -> null;
            case TLS -> trusting();
        };
    }

    /// What the server proves is not what is measured.
    private static SslContext trusting() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm("")
                    .build();
        } catch (SSLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /// Counts frames from now on, until it is told to forget the count.
    FrameCount count(String text, int frames) {
        var count = new FrameCount(text, frames);
        counts.add(count);
        return count;
    }

    void forget(FrameCount count) {
        counts.remove(count);
    }

    /// Opens a session for each user; all are established when this returns.
    void open(List<String> users) {
        for (int from = 0; from < users.size(); from += CONNECTING_MAX) {
            List<String> some = users.subList(from, Math.min(users.size(), from + CONNECTING_MAX));
            FrameCount established = count(ESTABLISHED, some.size());
            some.stream().map(user -> url(user, Map.of())).forEach(this::connect);
            established.awaitLast();
            forget(established);
        }
    }

    /// A URL that opens a session, signed now.
    URI url(String user, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("userArn", user);
        all.put("sessionId", UUID.randomUUID().toString());
        int port = requests.endpoint().getPort();
        return requests.connect(URI.create((tls == null ? "ws" : "wss") + "://localhost:" + port), all, Instant.now(),
                LIFETIME);
    }

    /// Begins to connect.
    void connect(URI url) {
        open.add(new Bootstrap().group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fill(channel, url);
                    }
                })
                .connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), url.getPort()))
                .channel());
    }

    private void fill(Channel channel, URI url) {
        if (tls != null) {
            // A host of its own, for otherwise all sessions but the first would resume that one's TLS session.
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), UUID.randomUUID().toString(), url.getPort()));
        }
        var webSocket = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url)
                .allowExtensions(false)
                .maxFramePayloadLength(FRAME_BYTES_MAX)
                .withUTF8Validator(false)
                .build();
        channel.pipeline()
                .addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(HEAD_BYTES_MAX))
                .addLast(new WebSocketClientProtocolHandler(webSocket))
                .addLast(listener);
    }

    /// Fails unless so many sessions are open.
    void requireOpen(int sessions) {
        if (open.size() != sessions) {
            throw new AssertionError(open.size() + " sessions are open instead of " + sessions);
        }
    }

    void closeSessions() {
        open.close().syncUninterruptibly();
    }

    @Override
    public void close() {
        closeSessions();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Sharable
    private final class Listener extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            for (FrameCount count : counts) {
                count.see(frame.content());
            }
        }
    }
}
