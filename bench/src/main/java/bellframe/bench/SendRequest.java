package bellframe.bench;

import bellframe.api.Input;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.credentials.SignedRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// SendChannelMessage by [Account#USER], signed as the AWS SDK for Java does.
final class SendRequest {

    private static final String TOKEN = "0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f";

    private SendRequest() {
    }

    static byte[] body(Content content) {
        return """
                {"Content":"%s","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"%s"}"""
                .formatted(content.text(), TOKEN)
                .getBytes(StandardCharsets.UTF_8);
    }

    static SignedRequest signedBy(AwsCredentialsIdentity credentials, Content content) {
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
        byte[] body = body(content);
        var signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "chime")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Account.REGION)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(Account.NOW, ZoneOffset.UTC)));
        return received(signed.request(), body);
    }

    private static SignedRequest received(SdkHttpRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new SignedRequest(request.method().name(), request.encodedPath(), "", headers, body);
    }

    /// The request as the operation takes it.
    static SendChannelMessageRequest read(byte[] body) {
        return MessagingOperations.SEND_CHANNEL_MESSAGE.reader().read(new Parts(body));
    }

    /// The request as the operation takes it, one that was not sent before.
    static SendChannelMessageRequest withToken(SendChannelMessageRequest request, String token) {
        return SendChannelMessageRequest.builder()
                .channelArn(request.channelArn())
                .content(request.content())
                .type(request.type())
                .persistence(request.persistence())
                .clientRequestToken(token)
                .chimeBearer(request.chimeBearer())
                .build();
    }

    /// The parts of the request when it has been routed.
    private record Parts(byte[] body) implements Input {

        @Override
        public String label(String name) {
            return Account.CHANNEL;
        }

        @Override
        public @Nullable String query(String name) {
            return null;
        }

        @Override
        public String header(String name) {
            return Account.USER;
        }
    }
}
