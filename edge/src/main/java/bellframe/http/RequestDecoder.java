package bellframe.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;

/// Decodes HTTP/1 requests and takes none whose end two parties could see in different places.
final class RequestDecoder extends HttpRequestDecoder {

    RequestDecoder(HttpLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLineMaxBytes())
                .setMaxHeaderSize(limits.headersMaxBytes())
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true));
    }

    /// Netty would look through the target for what has just divided it from its neighbours; [RequestHead#fault] looks for all
    /// that must not be in one.
    @Override
    protected HttpMessage createMessage(String[] line) throws Exception {
        return line[2].equals(HttpVersion.HTTP_1_1.text())
                ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(line[0]), line[1],
                        headersFactory.newHeaders(), false)
                : super.createMessage(line);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
