package bellframe.limits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which rates each operation of the Chime services draws on. First comes what only the caller uses up, last what is
/// shared most: whoever is refused takes nothing from the others.
///
/// Operations on tags draw on none: they name no bearer, and their requests do not tell which of the services they are for.
public final class OperationRates {

    private static final Map<String, List<Rate>> RATES = new HashMap<>();

    static {
        row(List.of(Rate.BEARER, Rate.CHANNEL_CHANGES), "CreateChannel", "UpdateChannel", "DeleteChannel");
        row(List.of(Rate.BEARER, Rate.CHANNEL_LISTS), "ListChannels");
        row(List.of(Rate.BEARER, Rate.CHANNEL_READS), "DescribeChannel");
        row(List.of(Rate.BEARER, Rate.MEMBER_CHANGES), "CreateChannelMembership", "DeleteChannelMembership",
                "CreateChannelModerator", "DeleteChannelModerator", "CreateChannelBan", "DeleteChannelBan");
        row(List.of(Rate.BEARER, Rate.MEMBER_BATCHES), "BatchCreateChannelMembership");
        row(List.of(Rate.BEARER, Rate.MEMBER_LISTS), "ListChannelMemberships", "ListChannelModerators",
                "ListChannelBans");
        row(List.of(Rate.BEARER, Rate.USER_CHANNEL_LISTS), "ListChannelMembershipsForAppInstanceUser",
                "ListChannelsModeratedByAppInstanceUser");
        row(List.of(Rate.BEARER, Rate.MESSAGE_CHANGES), "SendChannelMessage", "UpdateChannelMessage",
                "RedactChannelMessage", "DeleteChannelMessage");
        row(List.of(Rate.MESSAGE_CHANGES), "ChannelFlowCallback");
        row(List.of(Rate.BEARER, Rate.MESSAGE_LISTS), "ListChannelMessages");
        row(List.of(Rate.BEARER, Rate.MESSAGE_READS), "GetChannelMessage");
        row(List.of(Rate.BEARER), "AssociateChannelFlow", "DescribeChannelBan", "DescribeChannelMembership",
                "DescribeChannelMembershipForAppInstanceUser", "DescribeChannelModeratedByAppInstanceUser",
                "DescribeChannelModerator", "DisassociateChannelFlow", "GetChannelMembershipPreferences",
                "GetChannelMessageStatus", "ListSubChannels", "PutChannelExpirationSettings",
                "PutChannelMembershipPreferences", "SearchChannels", "UpdateChannelReadMarker");

        row(List.of(Rate.APP_INSTANCE_CHANGES, Rate.IDENTITY), "CreateAppInstance", "UpdateAppInstance",
                "DeleteAppInstance");
        row(List.of(Rate.APP_INSTANCE_READS, Rate.IDENTITY), "DescribeAppInstance");
        row(List.of(Rate.APP_INSTANCE_LISTS, Rate.IDENTITY), "ListAppInstances");
        row(List.of(Rate.USER_CHANGES, Rate.IDENTITY), "CreateAppInstanceUser", "UpdateAppInstanceUser",
                "DeleteAppInstanceUser");
        row(List.of(Rate.USER_READS, Rate.IDENTITY), "DescribeAppInstanceUser");
        row(List.of(Rate.USER_LISTS, Rate.IDENTITY), "ListAppInstanceUsers");
        row(List.of(Rate.IDENTITY), "CreateAppInstanceAdmin", "CreateAppInstanceBot", "DeleteAppInstanceAdmin",
                "DeleteAppInstanceBot", "DeregisterAppInstanceUserEndpoint", "DescribeAppInstanceAdmin",
                "DescribeAppInstanceBot", "DescribeAppInstanceUserEndpoint", "GetAppInstanceRetentionSettings",
                "ListAppInstanceAdmins", "ListAppInstanceBots", "ListAppInstanceUserEndpoints",
                "PutAppInstanceRetentionSettings", "PutAppInstanceUserExpirationSettings",
                "RegisterAppInstanceUserEndpoint", "UpdateAppInstanceBot", "UpdateAppInstanceUserEndpoint");
    }

    private OperationRates() {
    }

    private static void row(List<Rate> rates, String... operations) {
        for (String operation : operations) {
            RATES.put(operation, rates);
        }
    }

    /// What an operation draws on, in this order; nothing if its name is in no row.
    public static List<Rate> of(String operation) {
        return RATES.getOrDefault(operation, List.of());
    }

    /// The whole table.
    static Map<String, List<Rate>> all() {
        return Map.copyOf(RATES);
    }
}
