package bellframe.outbound.aws;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.calls.Call;
import bellframe.outbound.calls.Calls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// The SDK's way to the network: [Calls], whose rules and limits hold for the whole call.
final class CallsTransport implements SdkHttpClient {

    private final Calls calls;

    CallsTransport(Calls calls) {
        this.calls = calls;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Prepared(request);
    }

    @Override
    public String clientName() {
        return "bellframe";
    }

    /// The calls belong to others too.
    @Override
    public void close() {
    }

    private final class Prepared implements ExecutableHttpRequest {

        private final HttpExecuteRequest request;

        Prepared(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            var http = request.httpRequest();
            Answer answer = calls.send(new Call(http.method().name(), http.getUri(), http.headers(), body()));
            return HttpExecuteResponse.builder()
                    .response(head(answer))
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                    .build();
        }

        private byte[] body() throws IOException {
            ContentStreamProvider content = request.contentStreamProvider().orElse(null);
            if (content == null) {
                return new byte[0];
            }
            try (InputStream in = content.newStream()) {
                return in.readAllBytes();
            }
        }

        /// The length is left out of an answer that was cut off, since it is not true any more.
        private static SdkHttpResponse head(Answer answer) {
            var headers = new HashMap<>(answer.headers());
            if (answer.cut()) {
                headers.remove("content-length");
            }
            return SdkHttpResponse.builder().statusCode(answer.status()).headers(headers).build();
        }

        /// A call ends by itself, soon enough.
        @Override
        public void abort() {
        }
    }
}
