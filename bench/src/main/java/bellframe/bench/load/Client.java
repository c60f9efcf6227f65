package bellframe.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// All connections to one server, on one event loop.
public final class Client implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final int URL_SECONDS = 300;

    private final Endpoint endpoint;
    private final RequestSigner signer;
    private final @Nullable SslContext tls;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers());
    private final EventLoop loop = group.next();

    public Client(Endpoint endpoint, SigningKey key, InstantSource clock) {
        this.endpoint = endpoint;
        this.signer = new RequestSigner(key, clock);
        this.tls = endpoint.tls() ? trusting() : null;
    }

    private static IoHandlerFactory handlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
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

    EventLoop loop() {
        return loop;
    }

    /// Opens a connection for requests.
    HttpConnection connect() {
        return connect(HttpConnection::new);
    }

    /// Makes the handler of a connection.
    interface Handler<H extends io.netty.channel.ChannelHandler> {
        H of(Channel channel);
    }

    <H extends io.netty.channel.ChannelHandler> H connect(Handler<H> handler) {
        var made = new CompletableFuture<H>();
        new Bootstrap().group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            // A host of its own, for otherwise all connections but the first would resume its TLS session.
                            channel.pipeline()
                                    .addLast(tls.newHandler(channel.alloc(), UUID.randomUUID().toString(),
                                            endpoint.port()));
                        }
                        H last = handler.of(channel);
                        channel.pipeline().addLast(last);
                        made.complete(last);
                    }
                })
                .connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), endpoint.port()))
                .syncUninterruptibly();
        return made.join();
    }

    /// Signs and sends; for the event loop.
    void send(HttpConnection connection, Request request, byte[] body, HttpConnection.Answered answered) {
        connection.send(signed(connection, request, body), answered);
    }

    private ByteBuf signed(HttpConnection connection, Request request, byte[] body) {
        return signer.sign(request, endpoint.host(), body, connection.channel().alloc());
    }

    /// Asks for a session; for the event loop.
    void open(SessionConnection session, String userArn) {
        session.open(signer.presign("/connect", Map.of("userArn", userArn, "sessionId", UUID.randomUUID().toString()),
                endpoint.host(), URL_SECONDS), endpoint.host());
    }

    /// Makes a request from any thread; the answer's body follows.
    CompletableFuture<String> call(HttpConnection connection, Request request, String body) {
        var answer = new CompletableFuture<String>();
        loop.execute(() -> send(connection, request, body.getBytes(StandardCharsets.UTF_8), (status, bytes) -> {
            String text = bytes.toString(StandardCharsets.UTF_8);
            if (status / 100 == 2) {
                answer.complete(text);
            } else {
                answer.completeExceptionally(new IllegalStateException(
                        request.method() + " " + request.path() + " was answered " + status + " " + text));
            }
        }));
        return answer;
    }

    /// Runs something on the event loop and waits for it.
    <T> T onLoop(Callable<T> work) {
        return await(CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }, loop), ANSWER_LIMIT);
    }

    static <T> T await(CompletableFuture<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("nothing came within " + limit, late);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
