package bellframe.limits;

import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import java.util.List;

/// How often something may be asked for in a second, as AWS documents it for us-east-1; [OperationRates] says by what.
///
/// Operations that share a rate draw on one bucket. AWS does not document what a burst may have; here it is two seconds' worth.
public enum Rate {
    /// All operations that name a bearer.
    BEARER(10, Scope.USER),

    /// CreateChannel, UpdateChannel and DeleteChannel.
    CHANNEL_CHANGES(15, Scope.APP_INSTANCE),
    /// ListChannels.
    CHANNEL_LISTS(10, Scope.APP_INSTANCE),
    /// DescribeChannel.
    CHANNEL_READS(20, Scope.CHANNEL),
    /// Creation and deletion of memberships, moderators and bans.
    MEMBER_CHANGES(15, Scope.CHANNEL),
    /// BatchCreateChannelMembership.
    MEMBER_BATCHES(1, Scope.CHANNEL),
    /// ListChannelMemberships, ListChannelModerators and ListChannelBans.
    MEMBER_LISTS(15, Scope.CHANNEL),
    /// ListChannelMembershipsForAppInstanceUser and ListChannelsModeratedByAppInstanceUser; of the user who asks, who is
    /// the one asked about but for admins.
    USER_CHANNEL_LISTS(15, Scope.USER),
    /// What sends, updates, redacts or deletes a message, and ChannelFlowCallback.
    MESSAGE_CHANGES(30, Scope.CHANNEL),
    /// ListChannelMessages.
    MESSAGE_LISTS(30, Scope.CHANNEL),
    /// GetChannelMessage.
    MESSAGE_READS(30, Scope.CHANNEL),

    /// All operations of the identity service, but for those on tags.
    IDENTITY(50, Scope.ACCOUNT),
    /// UpdateAppInstance and DeleteAppInstance; CreateAppInstance has one for the account, since there is none to ask for.
    APP_INSTANCE_CHANGES(5, Scope.APP_INSTANCE),
    /// DescribeAppInstance.
    APP_INSTANCE_READS(20, Scope.APP_INSTANCE),
    /// ListAppInstances.
    APP_INSTANCE_LISTS(10, Scope.ACCOUNT),
    /// CreateAppInstanceUser, UpdateAppInstanceUser and DeleteAppInstanceUser.
    USER_CHANGES(10, Scope.APP_INSTANCE),
    /// DescribeAppInstanceUser.
    USER_READS(20, Scope.USER),
    /// ListAppInstanceUsers.
    USER_LISTS(10, Scope.APP_INSTANCE),

    /// All operations of IAM; AWS documents no number, nor for the next one.
    IAM(20, Scope.ACCOUNT),
    /// All operations of STS.
    STS(100, Scope.ACCOUNT);

    private static final int BURST_SECONDS = 2;
    private static final int WHOLE_PERCENT = 100;

    /// Whose requests are counted together, found in the ARNs that policies are evaluated on: the bearer, if there is one,
    /// comes first.
    enum Scope {
        ACCOUNT {
            @Override
            String subject(List<String> resources) {
                return "";
            }
        },
        APP_INSTANCE {
            @Override
            String subject(List<String> resources) {
                return resources.stream()
                        .flatMap(arn -> AppInstanceArn.containing(arn).stream())
                        .map(AppInstanceArn::toString)
                        .findFirst()
                        .orElse("");
            }
        },
        USER {
            @Override
            String subject(List<String> resources) {
                return resources.isEmpty() ? "" : resources.getFirst();
            }
        },
        CHANNEL {
            @Override
            String subject(List<String> resources) {
                return resources.stream().filter(arn -> ChannelArn.parse(arn).isPresent()).findFirst().orElse("");
            }
        };

        /// The name of whom the request is counted for; empty if it names nobody, as those of the whole account do.
        abstract String subject(List<String> resources);
    }

    private final int perSecond;
    private final Scope scope;

    Rate(int perSecond, Scope scope) {
        this.perSecond = perSecond;
        this.scope = scope;
    }

    public int perSecond() {
        return perSecond;
    }

    Scope scope() {
        return scope;
    }

    /// How a bucket of this rate fills.
    ///
    /// @param percent of the documented rate; whatever it is, a full bucket has at least one token
    Filling filling(int percent) {
        long tokens = (long) perSecond * percent;
        return new Filling(Math.max(1, BURST_SECONDS * tokens / WHOLE_PERCENT), tokens, WHOLE_PERCENT);
    }
}
