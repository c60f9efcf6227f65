package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.server.SdkClients;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Values of members that lead somewhere: a channel with a message, whose moderator is an admin, and another member, and
/// whatever else operations are about.
final class Baseline {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What there may not be many of, made once for all operations.
    ///
    /// @param admin of the first app instance
    /// @param flow a channel flow that may have channels
    /// @param unusedFlow one that has none
    /// @param appInstance another app instance
    record Shared(SdkClients clients, String admin, String flow, String unusedFlow, String appInstance) {

        static Shared of(SdkClients clients) {
            return new Shared(clients, clients.admin("ada"),
                    FlowScenarios.createFlow(clients, FlowScenarios.token(), "a flow"),
                    FlowScenarios.createFlow(clients, FlowScenarios.token(), "an unused flow"),
                    clients.otherAppInstance());
        }
    }

    private final Shared shared;
    private final SdkClients clients;
    private final String admin;
    private final String member;
    private final String newcomer;
    private final String channel;

    /// By the member's name.
    private final Map<String, JsonNode> values = new HashMap<>();

    Baseline(Shared shared, Operation<?, ?, ?> operation) {
        this.shared = shared;
        clients = shared.clients();
        admin = shared.admin();
        member = clients.user("bob");
        newcomer = clients.user("cleo");
        channel = clients.channel(admin, member);
        // Before there is a flow, which would hold it.
        put("MessageId", clients.send(admin, channel, "a message"));
        FlowScenarios.associate(clients, admin, channel, shared.flow());
        IdentityScenarios.putStreams(clients, clients.appInstance());
        putPeople();
        putThings();
        putSpecial(operation);
    }

    private void putPeople() {
        put("AppInstanceUserArn", member);
        put("AppInstanceAdminArn", admin);
        put("AppInstanceBotArn", IdentityScenarios.createBot(clients, FlowScenarios.token(), "a bot"));
        put("MemberArn", member);
        put("ChannelModeratorArn", admin);
        put("ChimeBearer", admin);
        values.put("MemberArns", JSON.arrayNode().add(newcomer));
        values.put("Fields", JSON.arrayNode()
                .add(JSON.objectNode()
                        .put("Key", "MEMBERS")
                        .put("Operator", "INCLUDES")
                        .set("Values", JSON.arrayNode().add(member))));
    }

    private void putThings() {
        put("AppInstanceArn", clients.appInstance());
        put("ChannelArn", channel);
        put("ChannelFlowArn", shared.flow());
        put("EndpointId", IdentityScenarios.register(clients, member, "a device"));
        put("ResourceARN", channel);
        values.put("StreamingConfigurations", JSON.arrayNode()
                .add(JSON.objectNode()
                        .put("DataType", "Channel")
                        .put("ResourceArn", IdentityScenarios.STREAM.resourceArn())));
    }

    /// Values for operations that ask for something the others do not.
    private void putSpecial(Operation<?, ?, ?> operation) {
        switch (operation.name()) {
            case "CreateChannelMembership" -> put("MemberArn", newcomer);
            case "CreateChannelModerator" -> put("ChannelModeratorArn", member);
            case "DeleteAppInstanceAdmin" -> put("AppInstanceAdminArn", clients.admin("erin"));
            case "CreateAppInstanceAdmin" -> put("AppInstanceAdminArn", member);
            case "GetChannelMembershipPreferences", "PutChannelMembershipPreferences" -> put("MemberArn", admin);
            case "DescribeChannelModeratedByAppInstanceUser" -> put("AppInstanceUserArn", admin);
            case "DescribeChannelBan" -> Scenarios.ban(clients, admin, channel, member);
            case "DeleteChannelFlow" -> put("ChannelFlowArn", shared.unusedFlow());
            case "DeleteAppInstance" -> put("AppInstanceArn", shared.appInstance());
            default -> {
            }
        }
    }

    private void put(String name, String value) {
        values.put(name, TextNode.valueOf(value));
    }

    /// Puts these values, and tokens and ids never used before, into an input.
    ///
    /// @param kept the member that stays as it is
    void fill(Operation<?, ?, ?> operation, ObjectNode input, String kept) {
        put("ClientRequestToken", UUID.randomUUID().toString());
        put("AppInstanceUserId", UUID.randomUUID().toString());
        if (operation.name().equals("RegisterAppInstanceUserEndpoint")) {
            put("AppInstanceUserArn", clients.user("dora"));
        }
        values.forEach((name, value) -> {
            if (input.has(name) && !name.equals(kept)) {
                input.set(name, value);
            }
        });
        if (operation.bearer() && !kept.equals("ChimeBearer")) {
            input.put("ChimeBearer", admin);
        }
    }
}
