package bellframe.credentials;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs requests with the signer of the AWS SDK for Java, and hands them over as the wire would.
record SdkSigner(AwsCredentialsIdentity credentials, Instant at, String region, String service) {

    private static final byte[] NO_BODY = {};

    SdkSigner as(AwsCredentialsIdentity other) {
        return new SdkSigner(other, at, region, service);
    }

    SdkSigner at(Instant other) {
        return new SdkSigner(credentials, other, region, service);
    }

    SdkSigner inRegion(String other) {
        return new SdkSigner(credentials, at, other, service);
    }

    SdkSigner forService(String other) {
        return new SdkSigner(credentials, at, region, other);
    }

    SignedRequest sign(SdkHttpRequest request) {
        return sign(request, NO_BODY);
    }

    SignedRequest sign(SdkHttpRequest request, byte[] body) {
        return sign(request, body, _ -> {
        });
    }

    SignedRequest presign(SdkHttpRequest request, Duration lifetime) {
        return presign(request, NO_BODY, lifetime, true);
    }

    SignedRequest presign(SdkHttpRequest request, byte[] body, Duration lifetime, boolean payloadSigned) {
        return sign(request, body, signing -> signing
                .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, lifetime)
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, payloadSigned));
    }

    private SignedRequest sign(SdkHttpRequest request, byte[] body,
            Consumer<SignRequest.Builder<AwsCredentialsIdentity>> options) {
        ContentStreamProvider payload = () -> new ByteArrayInputStream(body);
        var signed = AwsV4HttpSigner.create().sign(signing -> {
            signing.identity(credentials)
                    .request(request)
                    .payload(payload)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC));
            options.accept(signing);
        });
        return received(signed.request(), body);
    }

    private static SignedRequest received(SdkHttpRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new SignedRequest(request.method().name(), request.encodedPath(),
                request.encodedQueryParameters().orElse(""), headers, body);
    }
}
