package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.api.RequestParts;
import bellframe.server.SignedRequests;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// An operation's request as SDKs would put it on the wire, whatever its values are.
record WireRequest(SdkHttpMethod method, String pathAndQuery, Map<String, String> headers, String body) {

    static WireRequest of(Operation<?, ?, ?> operation, RequestParts parts) {
        String query = query(operation, parts);
        return new WireRequest(SdkHttpMethod.fromValue(operation.method()),
                path(operation, parts) + (query.isEmpty() ? "" : "?" + query), parts.headers(),
                new String(parts.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<String> sendBy(SignedRequests requests) {
        return requests.send(method, pathAndQuery, headers, body);
    }

    /// A label without a value leaves its segment empty.
    private static String path(Operation<?, ?, ?> operation, RequestParts parts) {
        return operation.path()
                .stream()
                .map(segment -> segment.startsWith("{")
                        ? encoded(parts.labels().getOrDefault(segment.substring(1, segment.length() - 1), ""))
                        : segment)
                .collect(Collectors.joining("/", "/", ""));
    }

    private static String query(Operation<?, ?, ?> operation, RequestParts parts) {
        var parameters = new TreeMap<>(parts.queries());
        Operation.FixedQuery fixed = operation.fixedQuery();
        if (fixed != null) {
            parameters.put(fixed.name(), fixed.value());
        }
        return parameters.entrySet()
                .stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return SdkHttpUtils.urlEncode(text);
    }
}
