package bellframe.outbound.oidc;

import bellframe.outbound.calls.TrustAnchors;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Gets documents over HTTPS, from exactly where they are said to be.
///
/// Private addresses are allowed, since the operator's own providers have them. What must not happen is that a provider
/// sends the server elsewhere, hence no redirects.
final class Documents implements AutoCloseable {

    /// Far more than any provider publishes.
    static final int SIZE_MAX_BYTES = 256 * 1024;

    private static final int OK = 200;

    private final TrustAnchors anchors;
    private final Duration connectLimit;
    private @Nullable HttpClient client;

    Documents(TrustAnchors anchors, Duration connectLimit) {
        this.anchors = anchors;
        this.connectLimit = connectLimit;
    }

    /// The text at this address.
    ///
    /// @throws IOException if it is not to be had there, or has more bytes than any such document
    String get(String address) throws IOException, InterruptedException {
        URI uri = https(address);
        HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        HttpResponse<String> answer = client().send(request, limitedText());
        if (answer.statusCode() != OK) {
            throw new IOException(uri.getAuthority() + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /// The address stays out of the message, which is logged: a provider may have chosen it.
    private static URI https(String address) throws IOException {
        try {
            var uri = new URI(address);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new IOException("an address is not one of https");
    }

    private static BodyHandler<String> limitedText() {
        return BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), SIZE_MAX_BYTES);
    }

    /// Made when first needed: it has a thread, and most servers never need it.
    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .sslContext(anchors.context())
                    .connectTimeout(connectLimit)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
