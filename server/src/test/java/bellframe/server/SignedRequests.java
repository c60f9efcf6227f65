package bellframe.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Requests that the SDK's signer signs and that are otherwise as a test wants them.
public record SignedRequests(URI endpoint, String region, AwsCredentials credentials) {

    private static final String SERVICE = "chime";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    /// Headers that the HTTP client writes itself.
    private static final Set<String> CLIENT_HEADERS = Set.of("host", "content-length");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SignedRequests withSecret(String secret) {
        return new SignedRequests(endpoint, region, AwsBasicCredentials.create(credentials.accessKeyId(), secret));
    }

    /// The path of a channel's resources, percent-encoded as SDKs do.
    static String channelPath(String channelArn) {
        return "/channels/" + SdkHttpUtils.urlEncode(channelArn);
    }

    /// Sends a request signed now.
    ///
    /// @param pathAndQuery as it goes over the wire
    public HttpResponse<String> send(SdkHttpMethod method, String pathAndQuery, Map<String, String> headers,
            String body) {
        return send(SERVICE, method, pathAndQuery, "application/json", headers, body);
    }

    /// Sends a form to a service that speaks the Query protocol.
    ///
    /// @param service `iam` or `sts`
    public HttpResponse<String> sendForm(String service, String form) {
        return send(service, SdkHttpMethod.POST, "/", "application/x-www-form-urlencoded", Map.of(), form);
    }

    private HttpResponse<String> send(String service, SdkHttpMethod method, String pathAndQuery, String contentType,
            Map<String, String> headers, String body) {
        var request = SdkHttpFullRequest.builder()
                .method(method)
                .uri(endpoint.resolve(pathAndQuery))
                .putHeader("Content-Type", contentType);
        headers.forEach(request::putHeader);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        var message = HttpRequest.newBuilder(signed.getUri())
                .timeout(ANSWER_LIMIT)
                .method(method.name(), bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        signed.forEachHeader((name, values) -> {
            if (!CLIENT_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> message.header(name, value));
            }
        });
        return send(message.build());
    }

    /// A presigned URL that opens a messaging session.
    ///
    /// @param base `ws` or `wss`, host and port
    URI connect(URI base, Map<String, String> parameters, Instant at, Duration lifetime) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("http")
                .host(base.getHost())
                .port(base.getPort())
                .encodedPath("/connect");
        parameters.forEach(request::putRawQueryParameter);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request.build())
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, lifetime)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request();
        return base.resolve("/connect?" + signed.encodedQueryParameters().orElseThrow());
    }

    private static HttpResponse<String> send(HttpRequest message) {
        try {
            return HTTP.send(message, BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }
}
