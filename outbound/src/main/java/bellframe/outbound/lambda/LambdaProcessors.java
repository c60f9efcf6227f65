package bellframe.outbound.lambda;

import bellframe.flows.Processors;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;

/// Invokes Lambda functions asynchronously, as AWS does: what they return, and whether they fail, is not known. Safe for use
/// by many threads.
public final class LambdaProcessors implements Processors {

    private final FirstUse<Functions, RuntimeException> functions;

    /// @param access which is not made before a function is invoked
    public LambdaProcessors(FirstUse<AwsAccess, RuntimeException> access, AwsEndpoint endpoint) {
        this.functions = new FirstUse<>(() -> new Functions(access.get(), endpoint));
    }

    @Override
    public void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed {
        LambdaArn function = LambdaArn.parse(processorArn)
                .orElseThrow(() -> DeliveryFailed.permanentFailure(processorArn + " is no Lambda function"));
        functions.get().invoke(function, event);
    }
}
