package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that each request is answered: at once if there is no room or nothing to do, by a virtual thread otherwise.
@Sharable
final class ExchangeHandler extends SimpleChannelInboundHandler<Received> {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);

    private final Admission admission;
    private final RequestIds requestIds;
    private final Responses responses;
    private final Dispatcher dispatcher;
    private final Executor executor;
    private final Upgrade upgrade;
    private final Clients clients;
    private final RequestMetrics metrics;

    ExchangeHandler(
            Admission admission,
            RequestIds requestIds,
            Responses responses,
            Dispatcher dispatcher,
            Executor executor,
            Upgrade upgrade,
            Clients clients,
            RequestMetrics metrics) {
        this.admission = admission;
        this.requestIds = requestIds;
        this.responses = responses;
        this.dispatcher = dispatcher;
        this.executor = executor;
        this.upgrade = upgrade;
        this.clients = clients;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Received received) {
        switch (received) {
            case Received.Complete request -> new Exchange(ctx, request, requestIds.next()).begin();
            case Received.Broken broken -> end(ctx, broken.refusal());
        }
    }

    private void end(ChannelHandlerContext ctx, Refusal refusal) {
        metrics.refused(refusal);
        FullHttpResponse response = responses.of(Answer.refusal(requestIds.next(), refusal), false);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response, ctx.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof UncheckedIOException
                || cause instanceof DecoderException) {
            LOG.debug("connection lost: {}", cause.toString());
        } else {
            LOG.warn("connection closed by a failure", cause);
        }
        ctx.close();
    }

    /// One request and the way to its answer.
    private final class Exchange {

        private final ChannelHandlerContext ctx;
        private final Received.Complete received;
        private final String requestId;

        Exchange(ChannelHandlerContext ctx, Received.Complete received, String requestId) {
            this.ctx = ctx;
            this.received = received;
            this.requestId = requestId;
        }

        private SignedRequest request() {
            return received.request();
        }

        void begin() {
            if (request().method().equals("OPTIONS")) {
                write(responses.preflight(request(), requestId));
            } else if (!admission.enter()) {
                write(refuse(admission.draining() ? Refusal.UNAVAILABLE : Refusal.THROTTLED));
            } else if (upgrade.claims(request())) {
                change();
            } else {
                work();
            }
        }

        private void work() {
            try {
                executor.execute(this::dispatch);
            } catch (RejectedExecutionException stopped) {
                admission.worked();
                finish(refuse(Refusal.UNAVAILABLE));
            }
        }

        private Answer refuse(Refusal refusal) {
            metrics.refused(refusal);
            return Answer.refusal(requestId, refusal);
        }

        /// Runs on the request's virtual thread.
        private void dispatch() {
            Answer answer;
            try {
                answer = dispatcher.dispatch(request(), requestId, clients.of(ctx.channel(), request()));
            } finally {
                admission.worked();
            }
            ctx.executor().execute(() -> finish(answer));
        }

        private void finish(Answer answer) {
            write(answer).addListener(_ -> admission.answered());
        }

        private void change() {
            FullHttpResponse response;
            try {
                response = upgrade.accept(request());
            } catch (Refused refused) {
                admission.worked();
                finish(Answer.refusal(requestId, refused));
                return;
            }
            ctx.writeAndFlush(response, ctx.voidPromise());
            upgrade.install(ctx.channel(), request(), requestId, clients.of(ctx.channel(), request()),
                    this::established);
            ConnectionPipeline.removeHttp(ctx.pipeline());
        }

        private void established() {
            admission.worked();
            admission.answered();
        }

        private ChannelFuture write(Answer answer) {
            return write(responses.of(answer, request().method().equals("HEAD")));
        }

        private ChannelFuture write(FullHttpResponse response) {
            if (!received.keepAlive() || admission.draining()) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (received.http10()) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
            return ctx.writeAndFlush(response);
        }
    }
}
