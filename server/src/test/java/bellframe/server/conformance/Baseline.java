package bellframe.server.conformance;

import bellframe.api.Operation;
import bellframe.server.SdkClients;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Values of members that lead somewhere: a channel with a message, whose moderator is an admin, and another member.
///
/// @param values by the member's name
record Baseline(Map<String, String> values) {

    static Baseline of(SdkClients clients) {
        String admin = clients.admin("ada");
        String member = clients.user("bob");
        String channel = clients.channel(admin, member);
        return new Baseline(Map.of(
                "AppInstanceArn", clients.appInstance(),
                "AppInstanceUserArn", member,
                "MemberArn", member,
                "ChimeBearer", admin,
                "ChannelArn", channel,
                "MessageId", clients.send(admin, channel, "a message")));
    }

    /// Puts these values, and tokens and ids never used before, into an input.
    ///
    /// @param kept the member that stays as it is
    void fill(Operation<?, ?, ?> operation, ObjectNode input, String kept) {
        var fresh = new HashMap<>(values);
        fresh.put("ClientRequestToken", UUID.randomUUID().toString());
        fresh.put("AppInstanceUserId", UUID.randomUUID().toString());
        fresh.forEach((member, value) -> {
            if (input.has(member) && !member.equals(kept)) {
                input.put(member, value);
            }
        });
        if (operation.bearer() && !kept.equals("ChimeBearer")) {
            input.put("ChimeBearer", values.get("ChimeBearer"));
        }
    }
}
