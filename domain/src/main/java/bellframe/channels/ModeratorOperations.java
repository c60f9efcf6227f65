package bellframe.channels;

import bellframe.api.messaging.ChannelModeratorSummary;
import bellframe.api.messaging.ChannelModeratedByAppInstanceUserSummary;
import bellframe.api.messaging.CreateChannelModeratorRequest;
import bellframe.api.messaging.CreateChannelModeratorResponse;
import bellframe.api.messaging.DeleteChannelModeratorRequest;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserResponse;
import bellframe.api.messaging.DescribeChannelModeratorRequest;
import bellframe.api.messaging.DescribeChannelModeratorResponse;
import bellframe.api.messaging.ListChannelModeratorsRequest;
import bellframe.api.messaging.ListChannelModeratorsResponse;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserResponse;
import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import org.jspecify.annotations.Nullable;

/// The operations on moderators.
public final class ModeratorOperations {

    private final Actors actors;
    private final OwnOrAny ownOrAny;
    private final Channels channels;
    private final Moderators moderators;
    private final PageTokens pageTokens;

    public ModeratorOperations(Actors actors, AppInstanceAdmins admins, Channels channels, Moderators moderators,
            PageTokens pageTokens) {
        this.actors = actors;
        this.ownOrAny = new OwnOrAny(actors, admins);
        this.channels = channels;
        this.moderators = moderators;
        this.pageTokens = pageTokens;
    }

    public CreateChannelModeratorResponse create(CreateChannelModeratorRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.CHANGE_MODERATORS);
        Actor moderator = actors.named(request.channelModeratorArn(), standing.channel().arn().appInstance());
        moderators.add(standing.channel(), standing.bearer().arn(), moderator);
        return new CreateChannelModeratorResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(moderator.identity()));
    }

    public DescribeChannelModeratorResponse describe(DescribeChannelModeratorRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.DESCRIBE_MODERATORS);
        Moderator moderator = UserArn.parse(request.channelModeratorArn())
                .filter(arn -> actors.find(arn) != null)
                .map(arn -> moderators.find(standing.channel().incarnation(), arn))
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "The user is not a moderator of the channel."));
        return new DescribeChannelModeratorResponse(
                ChannelShapes.moderator(standing.channel().arn(), moderator, actors));
    }

    public ListChannelModeratorsResponse list(ListChannelModeratorsRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        Standing standing = channels.standing(bearer, request.channelArn());
        standing.require(Action.DESCRIBE_MODERATORS);
        String incarnation = standing.channel().incarnation();
        String list = "ListChannelModerators " + bearer + ' ' + incarnation;
        Page<ChannelModeratorSummary> page = moderators
                .list(incarnation, pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(moderator -> new ChannelModeratorSummary(
                        ChannelShapes.identity(actors.identity(moderator.arn()))));
        return new ListChannelModeratorsResponse(standing.channel().arn().toString(),
                pageTokens.seal(list, page.next()), page.items());
    }

    /// Ends somebody's being a moderator; the membership stays. Somebody who is none is as good as removed.
    public void delete(DeleteChannelModeratorRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.CHANGE_MODERATORS);
        UserArn.parse(request.channelModeratorArn())
                .ifPresent(moderator -> moderators.remove(standing.channel().reference(), moderator));
    }

    /// A channel that the bearer, or for admins anybody, moderates.
    public DescribeChannelModeratedByAppInstanceUserResponse describeForUser(
            DescribeChannelModeratedByAppInstanceUserRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        UserArn moderator = ownOrAny.user(bearer, request.appInstanceUserArn());
        Standing standing = channels.standing(bearer, request.channelArn());
        ChannelModeratedByAppInstanceUserSummary summary = summary(standing.channel().reference(), moderator, bearer);
        Standing.require(summary != null);
        return new DescribeChannelModeratedByAppInstanceUserResponse(summary);
    }

    /// The channels that the bearer, or for admins anybody, moderates.
    public ListChannelsModeratedByAppInstanceUserResponse listForUser(
            ListChannelsModeratedByAppInstanceUserRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        UserArn moderator = ownOrAny.user(bearer, request.appInstanceUserArn());
        String list = "ListChannelsModeratedByAppInstanceUser " + bearer + ' ' + moderator;
        Page<ChannelModeratedByAppInstanceUserSummary> page = moderators
                .channelsOf(moderator, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> summary(channel, moderator, bearer));
        return new ListChannelsModeratedByAppInstanceUserResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    private @Nullable ChannelModeratedByAppInstanceUserSummary summary(MemberChannel reference, UserArn moderator,
            Bearer viewer) {
        Channel channel = channels.find(reference);
        return channel == null || moderators.find(reference.incarnation(), moderator) == null
                ? null
                : new ChannelModeratedByAppInstanceUserSummary(
                        ChannelShapes.summary(channels.snapshot(channel, viewer.arn())));
    }
}
