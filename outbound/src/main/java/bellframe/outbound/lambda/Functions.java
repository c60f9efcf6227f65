package bellframe.outbound.lambda;

import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.ClientsByRegion;
import bellframe.outbox.DeliveryFailed;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/// Lambda functions, with a client of the SDK for each region.
final class Functions {

    private final AwsAccess access;
    private final ClientsByRegion<LambdaClient> clients;

    Functions(AwsAccess access, AwsEndpoint endpoint) {
        this.access = access;
        this.clients = new ClientsByRegion<>("functions",
                region -> access.client(LambdaClient.builder(), region, endpoint));
    }

    void invoke(LambdaArn function, byte[] event) throws DeliveryFailed {
        var request = InvokeRequest.builder()
                .functionName(function.text())
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromByteArrayUnsafe(event))
                .build();
        try {
            clients.client(function.region()).invoke(request);
        } catch (RuntimeException problem) {
            throw access.failure("Lambda function", problem);
        }
    }
}
