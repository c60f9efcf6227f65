package bellframe.codegen;

import java.util.List;
import java.util.Set;

/// The members of an input that name what an IAM policy is evaluated on, which the models do not say.
///
/// Members, moderators, bans and targets are no resources: the roles in a channel say who may deal with whom.
final class PolicyResources {

    /// Who acts, and in which channel.
    private static final List<String> OF_CHANNELS = List.of("ChimeBearer", "ChannelArn");

    /// Of operations that have neither.
    private static final List<String> OF_OTHERS = List.of(
            "AppInstanceUserArn", "AppInstanceBotArn", "AppInstanceArn", "AppInstanceAdminArn", "ChannelFlowArn",
            "ResourceARN");

    /// Operations that connect a channel with a flow, which counts like the channel.
    private static final Set<String> ASSOCIATIONS = Set.of("AssociateChannelFlow", "DisassociateChannelFlow");
    private static final List<String> OF_ASSOCIATIONS = List.of("ChimeBearer", "ChannelArn", "ChannelFlowArn");

    private PolicyResources() {
    }

    /// Those of an operation, in the order in which they are evaluated.
    static List<Shape.Member> of(Model model, Model.Operation operation) {
        List<Shape.Member> members = model.structure(operation.input()).members();
        if (ASSOCIATIONS.contains(operation.name())) {
            return named(OF_ASSOCIATIONS, members);
        }
        List<Shape.Member> found = named(OF_CHANNELS, members);
        return found.isEmpty() ? named(OF_OTHERS, members) : found;
    }

    private static List<Shape.Member> named(List<String> names, List<Shape.Member> members) {
        return names.stream()
                .flatMap(name -> members.stream().filter(member -> member.name().equals(name)))
                .toList();
    }
}
