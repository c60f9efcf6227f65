package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.api.Samples;
import bellframe.api.Trial;
import bellframe.api.Trials;
import bellframe.server.SdkClients;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Calls that any operation can be given.
final class GenericCalls {

    private static final String NOWHERE = "arn:aws:chime:us-east-1:123456789012:app-instance/nowhere";
    private static final String NOBODY = NOWHERE + "/user/nobody";

    private GenericCalls() {
    }

    /// With the smallest input.
    static void call(SdkClients clients, DeclaredError error) {
        new SdkCall(error, smallestInput(error)).run(clients);
    }

    /// With a bound broken that the SDK does not check itself.
    static void breakAConstraint(SdkClients clients, DeclaredError error) {
        Trial trial = Trials.of(error.model(), error.operation())
                .filter(Trial::breaksABound)
                .filter(broken -> !broken.member().equals("ChimeBearer"))
                .findFirst()
                .orElseThrow();
        ObjectNode input = trial.input();
        if (error.operation().bearer()) {
            input.put("ChimeBearer", clients.user("ada"));
        }
        new SdkCall(error, input).run(clients);
    }

    static void nameNobodyAsBearer(SdkClients clients, DeclaredError error) {
        new SdkCall(error, smallestInput(error).put("ChimeBearer", "nobody")).run(clients);
    }

    /// With targets that nothing has been remembered of.
    static void callOnWhatWasNeverRead(SdkClients clients, DeclaredError error) {
        ObjectNode input = smallestInput(error);
        setMembers(error, input, Map.of(
                "AppInstanceArn", NOWHERE,
                "AppInstanceUserArn", NOBODY,
                "AppInstanceAdminArn", NOBODY,
                "AppInstanceBotArn", NOWHERE + "/bot/nobody",
                "ChannelArn", NOWHERE + "/channel/none",
                "ChannelFlowArn", NOWHERE + "/channel-flow/none",
                "ResourceARN", NOWHERE,
                "ChimeBearer", NOBODY));
        new SdkCall(error, input).run(clients);
    }

    /// As a user without any role, with a channel, a flow or a resource that is not there, another app instance or another
    /// user.
    static void reachForOthers(SdkClients clients, DeclaredError error) {
        ObjectNode input = smallestInput(error);
        setMembers(error, input, Map.of(
                "AppInstanceArn", NOWHERE,
                "AppInstanceUserArn", clients.user("other"),
                "ChannelArn", clients.appInstance() + "/channel/absent",
                "ChannelFlowArn", clients.appInstance() + "/channel-flow/absent",
                "ResourceARN", clients.appInstance() + "/channel/absent",
                "ChimeBearer", clients.user("nosy")));
        new SdkCall(error, input).run(clients);
    }

    private static ObjectNode smallestInput(DeclaredError error) {
        ModelFile model = error.model();
        return new Samples(model).minimal(model.input(error.operation()));
    }

    /// Sets those of the members that the operation's input has, also if they are optional.
    private static void setMembers(DeclaredError error, ObjectNode input, Map<String, String> values) {
        values.forEach((member, value) -> {
            if (error.model().input(error.operation()).get("members").has(member)) {
                input.put(member, value);
            }
        });
    }
}
