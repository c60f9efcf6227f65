package bellframe.outbound.fcm;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.Call;
import bellframe.outbound.calls.Calls;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way to the network of Google's library: [Calls], whose rules and limits hold for the whole call.
final class CallsHttpTransport extends HttpTransport {

    private final Calls calls;

    CallsHttpTransport(Calls calls) {
        this.calls = calls;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, URI.create(url));
    }

    private final class Request extends LowLevelHttpRequest {

        private final String method;
        private final URI address;
        private final Map<String, List<String>> headers = new HashMap<>();

        Request(String method, URI address) {
            this.method = method;
            this.address = address;
        }

        /// Compressed answers are not asked for: how much they say would not be bounded.
        @Override
        public void addHeader(String name, String value) {
            String key = name.toLowerCase(Locale.ROOT);
            if (!key.equals("accept-encoding")) {
                headers.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            var body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
                headers.put("content-type", List.of(getContentType()));
            }
            return new Response(calls.send(new Call(method, address, headers, body.toByteArray())));
        }
    }

    private static final class Response extends LowLevelHttpResponse {

        private final Answer answer;
        private final List<Map.Entry<String, String>> headers;

        Response(Answer answer) {
            this.answer = answer;
            this.headers = answer.headers()
                    .entrySet()
                    .stream()
                    .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                    .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return answer.header("content-type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public @Nullable String getReasonPhrase() {
            return null;
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
