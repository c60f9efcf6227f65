package bellframe.bench;

import bellframe.credentials.SignedRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// SendChannelMessage with 300 bytes of content, signed as the AWS SDK for Java does.
final class SendRequest {

    private static final byte[] BODY = """
            {"Content":"%s","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f"}"""
            .formatted("x".repeat(300))
            .getBytes(StandardCharsets.UTF_8);

    private SendRequest() {
    }

    static SignedRequest signedBy(AwsCredentialsIdentity credentials) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .protocol("http")
                .host("localhost")
                .port(8080)
                .encodedPath("/channels/" + SdkHttpUtils.urlEncode(Account.CHANNEL) + "/messages")
                .putHeader("Content-Type", "application/json")
                .putHeader("x-amz-chime-bearer", Account.USER)
                .putHeader("amz-sdk-invocation-id", "5b8f1c7e-2d3a-4f60-9b1e-7a6c5d4e3f21")
                .putHeader("amz-sdk-request", "attempt=1; max=4")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(BODY))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "chime")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Account.REGION)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(Account.NOW, ZoneOffset.UTC)));
        return received(signed.request());
    }

    private static SignedRequest received(SdkHttpRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new SignedRequest(request.method().name(), request.encodedPath(), "", headers, BODY);
    }
}
