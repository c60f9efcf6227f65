package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.refusals.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RequestAssemblerTest {

    private static final HttpLimits LIMITS = new HttpLimits(
            100, 100, 8, 1024, 1, 0, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75),
            Duration.ofSeconds(20), Duration.ofSeconds(2));

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void start() {
        channel.freezeTime();
        channel.pipeline().addLast(new RequestAssembler(LIMITS, new BodyMemory(LIMITS.bodiesMaxBytes())));
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
    }

    private static HttpRequest head() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/a?b=c");
        request.headers().set("Host", "h").set("Transfer-Encoding", "chunked");
        return request;
    }

    private static DefaultHttpContent part(String text) {
        return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static DefaultLastHttpContent last(String text) {
        return new DefaultLastHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static FullHttpResponse response() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private @Nullable Object received() {
        return channel.readInbound();
    }

    private void send(String body) {
        channel.writeInbound(head(), last(body));
    }

    @Test
    void theFirstRequestHasTenSeconds() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyIsPutTogetherAndHandedOn() {
        channel.writeInbound(head(), part("ab"), part("cd"), last("e"));

        Received.Complete complete = channel.readInbound();
        assertThat(complete.request().body()).asString(StandardCharsets.UTF_8).isEqualTo("abcde");
        assertThat(complete.request().rawPath()).isEqualTo("/a");
        assertThat(complete.request().rawQuery()).isEqualTo("b=c");
        assertThat(complete.keepAlive()).isTrue();
    }

    @Test
    void aBodyInPartsLeavesNothingToTheNext() {
        channel.writeInbound(head(), part("ab"), last("c"));
        assertThat(received()).isInstanceOf(Received.Complete.class);
        channel.writeOutbound(response());
        send("d");
        Received.Complete second = channel.readInbound();
        assertThat(second.request().body()).asString(StandardCharsets.UTF_8).isEqualTo("d");
    }

    @Test
    void aBodyThatComesAsOneIsLimitedToo() {
        send("123456789");

        assertThat(received()).isEqualTo(new Received.Broken(Refusal.BODY_TOO_LARGE));
    }

    @Test
    void theValuesOfAHeaderStayInOrder() {
        HttpRequest head = head();
        head.headers().add("X-Many", "1").add("x-one", "only").add("x-many", "2").add("X-MANY", "3");
        channel.writeInbound(head, last(""));

        Received.Complete complete = channel.readInbound();
        assertThat(complete.request().headers()).containsEntry("x-many", List.of("1", "2", "3"))
                .containsEntry("x-one", List.of("only"))
                .containsOnlyKeys("host", "transfer-encoding", "x-many", "x-one");
    }

    @Test
    void aBodyOverTheLimitIsBroken() {
        channel.writeInbound(head(), part("12345678"), part("9"), last(""));

        assertThat(received()).isEqualTo(new Received.Broken(Refusal.BODY_TOO_LARGE));
        assertThat(received()).isNull();
    }

    @Test
    void aBodyThatTakesTooLongIsBroken() {
        channel.writeInbound(head(), part("1"));
        pass(29);
        assertThat(received()).isNull();
        pass(1);
        assertThat(received()).isEqualTo(new Received.Broken(Refusal.REQUEST_TIMEOUT));
    }

    @Test
    void aTrickleBuysNoMoreTime() {
        channel.writeInbound(head());
        for (int i = 0; i < 6; i++) {
            pass(4);
            channel.writeInbound(part("1"));
        }
        pass(5);
        assertThat(received()).isNull();
        pass(1);
        assertThat(received()).isEqualTo(new Received.Broken(Refusal.REQUEST_TIMEOUT));
    }

    @Test
    void anOperationMayTakeItsTime() {
        send("{}");
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void theNextRequestWaitsForTheAnswer() {
        send("1");
        channel.writeInbound(head());
        assertThat(received()).isInstanceOf(Received.Complete.class);
        assertThat(received()).isNull();

        channel.writeOutbound(response());

        channel.writeInbound(last("2"));
        Received.Complete second = channel.readInbound();
        assertThat(second.request().body()).asString(StandardCharsets.UTF_8).isEqualTo("2");
    }

    @Test
    void nothingMoreIsReadWhileMuchWaits() {
        send("1");
        for (int i = 0; i < 7; i++) {
            send("2");
        }
        channel.writeInbound(head());
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.writeInbound(last("2"));
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.writeOutbound(response());

        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(received()).isInstanceOf(Received.Complete.class);
        assertThat(received()).isInstanceOf(Received.Complete.class);
        assertThat(received()).isNull();
    }

    @Test
    void anIdleConnectionHasItsOwnLimitAfterEachAnswer() {
        send("1");
        channel.writeOutbound(response());
        pass(74);
        send("2");
        channel.writeOutbound(response());
        pass(74);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatIsNotTakenEndsTheConnection() {
        send("1");
        channel.write(response());
        pass(19);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void afterABrokenRequestInputIsDroppedForAMoment() {
        channel.writeInbound(head(), part("123456789"));
        var answer = response();
        answer.headers().set("Connection", "close");
        channel.writeOutbound(answer);
        channel.writeInbound(part("more"));
        pass(1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }
}
