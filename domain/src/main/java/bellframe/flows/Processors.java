package bellframe.flows;

import bellframe.names.AppInstanceArn;
import bellframe.outbox.DeliveryFailed;

/// Calls the processors of channel flows, which are outside.
public interface Processors {

    /// Hands an event to a processor, and returns once it was taken. What comes of it the processor says by
    /// ChannelFlowCallback.
    ///
    /// @param processorArn the Lambda function's ARN, as the flow has it
    /// @param appInstance whose channel the message is in
    /// @param event JSON in UTF-8
    /// @throws DeliveryFailed if the processor cannot be reached or does not take it
    void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed;
}
