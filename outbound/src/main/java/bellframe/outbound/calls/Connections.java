package bellframe.outbound.calls;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The connections to those who are called, and what is said on them.
///
/// Those without TLS are kept apart, since they may lead to private addresses only.
final class Connections implements AutoCloseable {

    private static final int HEADERS_MAX = 100;
    private static final int HEADER_BYTES_MAX = 8 * 1024;
    /// After this a name is resolved anew.
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(1);
    /// A receiver may have closed what was idle for longer, and a call on it would fail for nothing.
    private static final Duration TRUSTED_IDLE = Duration.ofMillis(500);
    /// What the client itself says.
    private static final Set<String> NOT_TAKEN_OVER = Set.of("host", "content-length", "transfer-encoding",
            "connection", "expect");

    private final CallLimits limits;
    private final CloseableHttpClient secured;
    private final CloseableHttpClient plain;

    Connections(CallRules rules, SSLContext tls) {
        this.limits = rules.limits();
        Set<Reach> reaches = rules.privateAddresses()
                ? EnumSet.of(Reach.PUBLIC, Reach.PRIVATE)
                : EnumSet.of(Reach.PUBLIC);
        this.secured = client(rules, reaches, tls);
        this.plain = client(rules, EnumSet.of(Reach.PRIVATE), tls);
    }

    Answer exchange(Call call) throws IOException {
        var request = request(call);
        CloseableHttpClient client = "https".equals(call.address().getScheme()) ? secured : plain;
        ClassicHttpResponse response = open(client, request);
        try {
            return answer(request, response);
        } finally {
            // Fails if the rest of an answer is not read, which is as it should be.
            Closer.closeQuietly(response);
        }
    }

    private static ClassicHttpResponse open(CloseableHttpClient client, HttpUriRequestBase request)
            throws IOException {
        try {
            return client.executeOpen(RoutingSupport.determineHost(request), request, HttpClientContext.create());
        } catch (HttpException problem) {
            throw new IOException(problem);
        }
    }

    private static HttpUriRequestBase request(Call call) {
        var request = new HttpUriRequestBase(call.method(), call.address());
        call.headers().forEach((name, values) -> {
            if (!NOT_TAKEN_OVER.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        request.setEntity(new ByteArrayEntity(call.body(), null));
        return request;
    }

    private Answer answer(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] read = entity == null ? new byte[0] : entity.getContent().readNBytes(limits.answerBytes());
        boolean cut = entity != null && read.length == limits.answerBytes() && entity.getContent().read() >= 0;
        if (cut) {
            // Closing would read the rest.
            request.abort();
        }
        return new Answer(response.getCode(), headers(response), read, cut);
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse response) {
        var headers = new HashMap<String, List<String>>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(String.valueOf(header.getValue()));
        }
        return headers;
    }

    private static CloseableHttpClient client(CallRules rules, Set<Reach> reaches, SSLContext tls) {
        return HttpClientBuilder.create()
                .setConnectionManager(manager(rules, reaches, tls))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(rules.limits().whole()))
                        .setResponseTimeout(timeout(rules.limits().silence()))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setUserAgent("bellframe")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .build();
    }

    private static PoolingHttpClientConnectionManager manager(CallRules rules, Set<Reach> reaches, SSLContext tls) {
        CallLimits limits = rules.limits();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedAddresses(rules::allowsHost, reaches, InetAddress::getAllByName))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN,
                        HttpsSupport.getDefaultHostnameVerifier()))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS_MAX)
                                .setMaxLineLength(HEADER_BYTES_MAX)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(limits.connecting()))
                        .setSocketTimeout(timeout(limits.silence()))
                        .setTimeToLive(TimeValue.of(CONNECTION_LIFE))
                        .setValidateAfterInactivity(TimeValue.of(TRUSTED_IDLE))
                        .build())
                .setMaxConnPerRoute(limits.connectionsPerHost())
                .setMaxConnTotal(limits.connections())
                .build();
    }

    private static Timeout timeout(Duration limit) {
        return Timeout.of(limit);
    }

    @Override
    public void close() {
        secured.close(CloseMode.IMMEDIATE);
        plain.close(CloseMode.IMMEDIATE);
    }
}
