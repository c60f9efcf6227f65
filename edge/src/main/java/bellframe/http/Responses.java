package bellframe.http;

import bellframe.credentials.SignedRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.regex.Pattern;

/// Turns answers into HTTP responses with the headers that every client, browsers among them, relies on.
final class Responses {

    private static final AsciiString ERROR_TYPE = AsciiString.cached("x-amzn-ErrorType");
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-RequestId");
    private static final AsciiString EXPOSED = AsciiString.cached(
            "x-amzn-errortype,x-amzn-requestid,x-amz-request-id,x-amzn-error-message,date");
    private static final AsciiString METHODS = AsciiString.cached("GET,POST,PUT,DELETE,OPTIONS");
    private static final AsciiString PREFLIGHT_SECONDS = AsciiString.cached("172800");
    private static final AsciiString ANY_ORIGIN = AsciiString.cached("*");
    private static final AsciiString RETRY_SECONDS = AsciiString.cached("1");
    private static final AsciiString WEBSOCKET_VERSION = AsciiString.cached("13");

    /// What a browser may ask for; anything else is not repeated, since nobody has signed a preflight.
    private static final Pattern HEADER_NAMES = Pattern
            .compile("[\\w!#$%&'*+.^`|~-]++(?:[ \\t]*+,[ \\t]*+[\\w!#$%&'*+.^`|~-]++)*+");

    /// Checks nothing: all names and values are ours, but for the names of headers that a preflight asks for, and these are
    /// held against [#HEADER_NAMES].
    private static final HttpHeadersFactory OWN_WORDS = DefaultHttpHeadersFactory.headersFactory()
            .withValidation(false);
    private static final HttpHeaders NO_TRAILERS = EmptyHttpHeaders.INSTANCE;

    private final DateHeader date;

    Responses(DateHeader date) {
        this.date = date;
    }

    /// @param bodyless whether the client wants headers only, as after HEAD
    FullHttpResponse of(Answer answer, boolean bodyless) {
        byte[] body = answer.body();
        var response = response(
                HttpResponseStatus.valueOf(answer.status()),
                bodyless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body),
                answer.requestId());
        HttpHeaders headers = response.headers();
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        }
        if (body.length > 0) {
            headers.add(HttpHeaderNames.CONTENT_TYPE, answer.contentType().header());
        }
        if (answer.error() != null) {
            headers.add(ERROR_TYPE, answer.error());
        }
        if (answer.status() == HttpResponseStatus.UPGRADE_REQUIRED.code()) {
            headers.add(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
            headers.add(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WEBSOCKET_VERSION);
        }
        if (answer.status() == HttpResponseStatus.TOO_MANY_REQUESTS.code()) {
            headers.add(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        return response;
    }

    /// Permits what a browser asks to send; a star would not cover the `authorization` header.
    FullHttpResponse preflight(SignedRequest request, String requestId) {
        var response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER, requestId);
        HttpHeaders headers = response.headers();
        headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.add(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        String wanted = String.join(",", request.headers().getOrDefault("access-control-request-headers", List.of()));
        if (HEADER_NAMES.matcher(wanted).matches()) {
            headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
        }
        return response;
    }

    private FullHttpResponse response(HttpResponseStatus status, ByteBuf body, String requestId) {
        HttpHeaders headers = OWN_WORDS.newHeaders()
                .add(REQUEST_ID, requestId)
                .add(HttpHeaderNames.DATE, date.value())
                .add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN)
                .add(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body, headers, NO_TRAILERS);
    }
}
