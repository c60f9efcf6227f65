package bellframe.outbound.lambda;

import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbox.DeliveryFailed;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/// Lambda functions, with a client of the SDK for each region.
final class Functions {

    /// Nearly as many as AWS has; whoever writes flows chooses regions, and must not make clients without end.
    static final int REGIONS_MAX = 40;

    private final AwsAccess access;
    private final AwsEndpoint endpoint;
    private final Map<String, LambdaClient> clients = new HashMap<>();

    Functions(AwsAccess access, AwsEndpoint endpoint) {
        this.access = access;
        this.endpoint = endpoint;
    }

    void invoke(LambdaArn function, byte[] event) throws DeliveryFailed {
        var request = InvokeRequest.builder()
                .functionName(function.text())
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromByteArrayUnsafe(event))
                .build();
        try {
            client(function.region()).invoke(request);
        } catch (RuntimeException problem) {
            throw access.failure("Lambda function", problem);
        }
    }

    private synchronized LambdaClient client(String region) throws DeliveryFailed {
        LambdaClient known = clients.get(region);
        if (known != null) {
            return known;
        }
        if (clients.size() == REGIONS_MAX) {
            throw DeliveryFailed.permanentFailure("functions in too many regions");
        }
        LambdaClient made = access.client(LambdaClient.builder(), region, endpoint);
        clients.put(region, made);
        return made;
    }
}
