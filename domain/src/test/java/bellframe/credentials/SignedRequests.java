package bellframe.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// The key, the time and the requests that the tests of this package share.
final class SignedRequests {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final AccessKey KEY = new AccessKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            Principal.root("arn:aws:iam::123456789012:root"));
    static final AcceptedRegions REGION = new AcceptedRegions.Only("us-east-1");
    static final SdkSigner SIGNER = new SdkSigner(
            AwsCredentialsIdentity.create(KEY.id(), KEY.secret()), NOW, "us-east-1", "chime");
    static final String CHANNEL_PATH = "/channels/arn%3Aaws%3Achime%3Aus-east-1%3A123456789012%3Aapp-instance%2F"
            + "0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab%2Fchannel%2F5e2d";
    static final String BEARER = "arn:aws:chime:us-east-1:123456789012:app-instance/"
            + "0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab/user/alice";
    static final byte[] BODY = "{\"Content\":\"héllo 😀\",\"Type\":\"STANDARD\"}".getBytes(StandardCharsets.UTF_8);

    private SignedRequests() {
    }

    static ChimeDoor authenticator() {
        return authenticatorAt(NOW);
    }

    static ChimeDoor authenticatorAt(Instant now) {
        return new ChimeDoor(SignedRequests::find, REGION, () -> now);
    }

    static @Nullable AccessKey find(String id, @Nullable String sessionToken) {
        return id.equals(KEY.id()) && sessionToken == null ? KEY : null;
    }

    static SdkHttpRequest.Builder sendMessage() {
        return request(SdkHttpMethod.POST, CHANNEL_PATH + "/messages")
                .putHeader("Content-Type", "application/json")
                .putHeader("x-amz-chime-bearer", BEARER);
    }

    static SdkHttpRequest.Builder redactMessage() {
        return sendMessage().encodedPath(CHANNEL_PATH + "/messages/0a1b").putRawQueryParameter("operation", "redact");
    }

    static SdkHttpRequest.Builder listMessages() {
        return request(SdkHttpMethod.GET, CHANNEL_PATH + "/messages")
                .putHeader("x-amz-chime-bearer", BEARER)
                .putRawQueryParameter("not-before", "2024-01-02T03:04:05.678Z")
                .putRawQueryParameter("next-token", "a+b/c== ~é!'()*&")
                .putRawQueryParameter("max-results", "50");
    }

    static SdkHttpRequest.Builder connect() {
        return request(SdkHttpMethod.GET, "/connect")
                .putRawQueryParameter("sessionId", "1 234")
                .putRawQueryParameter("userArn", BEARER);
    }

    static SdkHttpRequest.Builder request(SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder()
                .method(method)
                .protocol("http")
                .host("localhost")
                .port(8080)
                .encodedPath(path);
    }

    static SignedRequest withMethod(SignedRequest request, String method) {
        return new SignedRequest(method, request.rawPath(), request.rawQuery(), request.headers(), request.body());
    }

    static SignedRequest withPath(SignedRequest request, String path) {
        return new SignedRequest(request.method(), path, request.rawQuery(), request.headers(), request.body());
    }

    static SignedRequest withQuery(SignedRequest request, String query) {
        return new SignedRequest(request.method(), request.rawPath(), query, request.headers(), request.body());
    }

    static SignedRequest withBody(SignedRequest request, byte[] body) {
        return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), request.headers(), body);
    }

    static SignedRequest withHeader(SignedRequest request, String name, String... values) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(name, List.of(values));
        return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    static SignedRequest withoutHeader(SignedRequest request, String name) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.remove(name);
        return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    static String header(SignedRequest request, String name) {
        return request.headers().getOrDefault(name, List.of()).getFirst();
    }

    static SignedRequest withAuthorization(SignedRequest request, String part, String replacement) {
        String authorization = header(request, "authorization");
        return withHeader(request, "authorization", authorization.replace(part, replacement));
    }
}
