package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.UUID;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;

/// Calls about channel flows that end in an error because of what was done before; each is named after its last step.
final class FlowScenarios {

    private FlowScenarios() {
    }

    /// Creates a flow.
    ///
    /// @return its ARN
    static String createFlow(SdkClients clients, String token, String name) {
        return clients.messaging()
                .createChannelFlow(flow -> flow.appInstanceArn(clients.appInstance())
                        .name(name)
                        .processors(processor(1))
                        .clientRequestToken(token))
                .channelFlowArn();
    }

    static Processor processor(int order) {
        return Processor.builder()
                .name("a processor")
                .configuration(configuration -> configuration
                        .lambda(lambda -> lambda.resourceArn("arn:aws:lambda:us-east-1:123456789012:function:f")
                                .invocationType(InvocationType.ASYNC)))
                .executionOrder(order)
                .fallbackAction(FallbackAction.CONTINUE)
                .build();
    }

    static void createAnotherFlowWithOneToken(SdkClients clients) {
        String token = token();
        createFlow(clients, token, "one");
        createFlow(clients, token, "another");
    }

    static void associateAnAbsentFlow(SdkClients clients) {
        String ada = clients.user("ada");
        associate(clients, ada, clients.channel(ada), clients.appInstance() + "/channel-flow/none");
    }

    static void associateAnotherFlow(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        associate(clients, ada, channel, createFlow(clients, token(), "one"));
        associate(clients, ada, channel, createFlow(clients, token(), "another"));
    }

    static void associate(SdkClients clients, String moderator, String channel, String flow) {
        clients.messaging()
                .associateChannelFlow(
                        associate -> associate.channelArn(channel).chimeBearer(moderator).channelFlowArn(flow));
    }

    static void disassociateAFlowThatIsNotAssociated(SdkClients clients) {
        String ada = clients.user("ada");
        String channel = clients.channel(ada);
        String flow = createFlow(clients, token(), "a flow");
        clients.messaging()
                .disassociateChannelFlow(
                        disassociate -> disassociate.channelArn(channel).chimeBearer(ada).channelFlowArn(flow));
    }

    static void deleteAFlowWithAChannel(SdkClients clients) {
        String ada = clients.user("ada");
        String flow = createFlow(clients, token(), "a flow");
        associate(clients, ada, clients.channel(ada), flow);
        clients.messaging().deleteChannelFlow(delete -> delete.channelFlowArn(flow));
    }

    static String token() {
        return UUID.randomUUID().toString();
    }
}
