package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request's line and headers, before its body is there.
record RequestHead(HttpRequest request, RequestTarget target) {

    private static final char DELETE = 0x7f;

    RequestHead(HttpRequest request) {
        this(request, RequestTarget.parse(request.uri()));
    }

    /// Why the request cannot be taken, if so: its target, its host or its framing is unclear, or its body will be too
    /// large.
    Optional<Refusal> fault(int bodyMaxBytes) {
        if (!isVersionKnown() || !isTargetClear() || !isHostClear() || !isFramingClear()) {
            return Optional.of(Refusal.MALFORMED_REQUEST);
        }
        if (HttpUtil.getContentLength(request, 0L) > bodyMaxBytes) {
            return Optional.of(Refusal.BODY_TOO_LARGE);
        }
        return Optional.empty();
    }

    private boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private boolean isVersionKnown() {
        return isHttp10() || request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private boolean isHostClear() {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.size() == 1 ? isHost(hosts.getFirst()) : hosts.isEmpty() && isHttp10();
    }

    /// Only the header is signed, so a target that names another host is refused rather than believed.
    private boolean isHost(String host) {
        return target.authority() == null || target.authority().equalsIgnoreCase(host);
    }

    /// Clients must percent-encode the rest; as raw bytes it would mean one thing here and another elsewhere.
    private boolean isTargetClear() {
        String uri = request.uri();
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= DELETE) {
                return false;
            }
        }
        return true;
    }

    private boolean isFramingClear() {
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || (encodings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())
                        && !isHttp10());
    }

    boolean expectsContinue() {
        return HttpUtil.is100ContinueExpected(request);
    }

    /// The whole request, as its signer saw it.
    Received.Complete complete(byte[] body) {
        var signed = new SignedRequest(
                request.method().name(), target.path(), target.query(), headers(request.headers()), body);
        return new Received.Complete(signed, HttpUtil.isKeepAlive(request), isHttp10());
    }

    private static Map<String, List<String>> headers(HttpHeaders headers) {
        Map<String, List<String>> values = HashMap.newHashMap(headers.size());
        for (Map.Entry<String, String> header : headers) {
            values.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        return values;
    }
}
