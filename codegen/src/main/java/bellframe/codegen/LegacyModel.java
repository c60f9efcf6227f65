package bellframe.codegen;

import java.util.Map;

/// Where the model of the `chime` namespace, which older SDKs still speak, asks for less than the models that followed it.
///
/// Paths and shapes are the same otherwise, so one operation answers both generations.
final class LegacyModel {

    /// Members that are required today and were not then; without them what is there stays.
    private static final Map<String, String> OPTIONAL = Map.of(
            "UpdateAppInstanceRequest", "Metadata",
            "UpdateAppInstanceUserRequest", "Metadata",
            "UpdateChannelMessageRequest", "Content");

    private LegacyModel() {
    }

    static boolean leavesOut(String shape, String member) {
        return member.equals(OPTIONAL.get(shape));
    }
}
