package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class ResponseEncoderTest {

    private static FullHttpResponse response(int status, int bodyBytes) {
        ByteBuf body = Unpooled.wrappedBuffer("b".repeat(bodyBytes).getBytes(StandardCharsets.US_ASCII));
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        response.headers().set("content-length", bodyBytes).set("x-other", "value").add("x-other", "another");
        return response;
    }

    private static String written(ChannelHandler encoder, FullHttpResponse response) {
        var channel = new EmbeddedChannel(encoder);
        channel.writeOutbound(response);
        var text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        channel.finishAndReleaseAll();
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "200, 1", "201, 300", "200, 100000", "400, 40", "599, 2", "204, 0", "304, 0", "100, 0",
            "101, 0"})
    void theBytesAreThoseOfNetty(int status, int bodyBytes) {
        assertThat(written(new ResponseEncoder(), response(status, bodyBytes)))
                .isEqualTo(written(new HttpResponseEncoder(), response(status, bodyBytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 100_000})
    void aResponseIsOneBuffer(int bodyBytes) {
        var channel = new EmbeddedChannel(new ResponseEncoder());
        channel.writeOutbound(response(200, bodyBytes));

        assertThat(channel.outboundMessages()).hasSize(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void aResponseIsReleasedOnceItIsWritten() {
        FullHttpResponse response = response(200, 300);
        written(new ResponseEncoder(), response);

        assertThat(response.refCnt()).isZero();
    }
}
