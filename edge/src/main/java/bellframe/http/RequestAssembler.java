package bellframe.http;

import bellframe.refusals.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts requests together on the heap and hands them on one at a time: the next one waits until the last is answered.
///
/// It also ends connections: by deadline, after an answer that says so, after input that makes no sense, or when the client
/// has ended its side and got its answers.
final class RequestAssembler extends ChannelDuplexHandler {

    /// With this many parts of further requests waiting, no more is read: some eight small requests.
    private static final int HELD_MAX = 16;

    private enum Phase {
        /// Waiting for the end of a request's headers.
        HEADERS,
        /// Waiting for the end of a request's body.
        BODY,
        /// A request is with the next handler.
        ANSWERING,
        /// No further request is taken.
        ENDED
    }

    private final HttpLimits limits;
    private final BodyMemory bodies;
    /// Of a body that does not come as one, what is there.
    private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
    /// Of [#bodies], for the request that is not answered yet.
    private long takenBytes;
    private Phase phase = Phase.HEADERS;
    private @Nullable RequestHead head;
    private @Nullable Deadline deadline;
    /// What came before the last request was answered. Reading stops only when these are many: while it stands still,
    /// nobody learns that the client has ended its side.
    private final Deque<Object> held = new ArrayDeque<>(0);
    private boolean inputLeft;
    /// The client sends nothing more; it may still wait for answers.
    private boolean inputEnded;
    private boolean lingering;

    RequestAssembler(HttpLimits limits, BodyMemory bodies) {
        this.limits = limits;
        this.bodies = bodies;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = new Deadline(ctx.executor(), () -> expired(ctx));
        deadline.in(limits.firstRequestLimit());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline().cancel();
        releaseHeld();
        giveBackBody();
        if (inputEnded) {
            // The next protocol would wait for input, and the event that says there is none has passed.
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        switch (phase) {
            case HEADERS, BODY -> accept(ctx, (HttpObject) message);
            case ANSWERING -> hold(ctx, message);
            case ENDED -> ReferenceCountUtil.release(message);
        }
    }

    private void hold(ChannelHandlerContext ctx, Object message) {
        held.add(message);
        if (held.size() >= HELD_MAX) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void accept(ChannelHandlerContext ctx, HttpObject object) throws IOException {
        try {
            if (object.decoderResult().isFailure()) {
                reject(ctx, refusal(object.decoderResult().cause()));
            } else if (object instanceof HttpRequest request) {
                begin(ctx, new RequestHead(request));
            } else if (object instanceof HttpContent content) {
                append(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(object);
        }
    }

    private Refusal refusal(Throwable cause) {
        return switch (cause) {
            // The line of a chunk, with its extensions, may be too long as well.
            case TooLongHttpLineException _ when phase == Phase.HEADERS -> Refusal.REQUEST_LINE_TOO_LONG;
            case TooLongHttpHeaderException _ -> Refusal.HEADERS_TOO_LARGE;
            default -> Refusal.MALFORMED_REQUEST;
        };
    }

    private void begin(ChannelHandlerContext ctx, RequestHead head) {
        Optional<Refusal> fault = head.fault(limits.bodyMaxBytes());
        if (fault.isPresent()) {
            reject(ctx, fault.get());
            return;
        }
        this.head = head;
        phase = Phase.BODY;
        deadline().in(limits.bodyLimit());
        if (head.expectsContinue()) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void append(ChannelHandlerContext ctx, HttpContent content) throws IOException {
        ByteBuf bytes = content.content();
        if (parts.size() + bytes.readableBytes() > limits.bodyMaxBytes()) {
            reject(ctx, Refusal.BODY_TOO_LARGE);
            return;
        }
        if (!bodies.take(bytes.readableBytes())) {
            reject(ctx, Refusal.THROTTLED);
            return;
        }
        takenBytes += bytes.readableBytes();
        if (content instanceof LastHttpContent && head != null) {
            handOn(ctx, head.complete(body(bytes)));
        } else {
            bytes.readBytes(parts, bytes.readableBytes());
        }
    }

    private byte[] body(ByteBuf last) throws IOException {
        if (parts.size() == 0) {
            return ByteBufUtil.getBytes(last);
        }
        last.readBytes(parts, last.readableBytes());
        byte[] whole = parts.toByteArray();
        parts = new ByteArrayOutputStream(0);
        return whole;
    }

    private void handOn(ChannelHandlerContext ctx, Received.Complete request) {
        head = null;
        phase = Phase.ANSWERING;
        deadline().clear();
        ctx.fireChannelRead(request);
    }

    private void giveBackBody() {
        bodies.giveBack(takenBytes);
        takenBytes = 0;
    }

    private void reject(ChannelHandlerContext ctx, Refusal refusal) {
        phase = Phase.ENDED;
        inputLeft = true;
        ctx.fireChannelRead(new Received.Broken(refusal));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            endWithInput(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void endWithInput(ChannelHandlerContext ctx) {
        switch (phase) {
            case HEADERS -> ctx.close();
            case BODY -> reject(ctx, Refusal.MALFORMED_REQUEST);
            case ANSWERING -> {
                // The answer, and those to requests that have come meanwhile, are still owed.
            }
            case ENDED -> {
                if (lingering) {
                    ctx.close();
                }
            }
        }
    }

    private void expired(ChannelHandlerContext ctx) {
        switch (phase) {
            case BODY -> reject(ctx, Refusal.REQUEST_TIMEOUT);
            case HEADERS, ANSWERING, ENDED -> ctx.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ChannelPromise answered = promise.unvoid();
        if (message instanceof HttpResponse response && isFinal(response)) {
            if (!HttpUtil.isKeepAlive(response)) {
                phase = Phase.ENDED;
            }
            deadline().in(limits.answerLimit());
            answered.addListener((ChannelFuture written) -> answered(ctx, written.isSuccess()));
        }
        ctx.write(message, answered);
    }

    private static boolean isFinal(HttpResponse response) {
        return response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }

    private void answered(ChannelHandlerContext ctx, boolean success) throws IOException {
        if (!success) {
            ctx.close();
        } else if (phase == Phase.ANSWERING) {
            next(ctx);
        } else if (!inputEnded && (inputLeft || !held.isEmpty())) {
            linger(ctx);
        } else {
            ctx.close();
        }
    }

    private void next(ChannelHandlerContext ctx) throws IOException {
        phase = Phase.HEADERS;
        giveBackBody();
        deadline().in(limits.idleLimit());
        while (!held.isEmpty() && (phase == Phase.HEADERS || phase == Phase.BODY)) {
            channelRead(ctx, held.remove());
        }
        if (held.size() < HELD_MAX) {
            ctx.channel().config().setAutoRead(true);
        }
        if (inputEnded && held.isEmpty()) {
            endWithInput(ctx);
        }
    }

    /// Closing at once with input unread would make the kernel reset the connection and take the answer away again.
    private void linger(ChannelHandlerContext ctx) {
        releaseHeld();
        lingering = true;
        ctx.channel().config().setAutoRead(true);
        deadline().in(limits.lingerLimit());
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (ctx.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
    }

    private void releaseHeld() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private Deadline deadline() {
        if (deadline == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return deadline;
    }
}
