package bellframe.channels;

import bellframe.api.messaging.ChannelBanSummary;
import bellframe.api.messaging.CreateChannelBanRequest;
import bellframe.api.messaging.CreateChannelBanResponse;
import bellframe.api.messaging.DeleteChannelBanRequest;
import bellframe.api.messaging.DescribeChannelBanRequest;
import bellframe.api.messaging.DescribeChannelBanResponse;
import bellframe.api.messaging.ListChannelBansRequest;
import bellframe.api.messaging.ListChannelBansResponse;
import bellframe.events.EventDispatcher;
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

/// The operations on bans.
public final class BanOperations {

    private final Actors actors;
    private final AppInstanceAdmins admins;
    private final Channels channels;
    private final Memberships memberships;
    private final Bans bans;
    private final EventDispatcher events;
    private final PageTokens pageTokens;

    public BanOperations(Actors actors, AppInstanceAdmins admins, Channels channels, Memberships memberships,
            Bans bans, EventDispatcher events, PageTokens pageTokens) {
        this.actors = actors;
        this.admins = admins;
        this.channels = channels;
        this.memberships = memberships;
        this.bans = bans;
        this.events = events;
        this.pageTokens = pageTokens;
    }

    /// Bans somebody who is neither an admin nor a moderator of the channel, and ends its membership.
    public CreateChannelBanResponse create(CreateChannelBanRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.CHANGE_BANS);
        Actor banned = actors.named(request.memberArn(), standing.channel().arn().appInstance());
        Standing.require(!admins.isAdmin(banned.arn()));
        memberships.ban(standing.channel(), standing.bearer().arn(), banned);
        return new CreateChannelBanResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(banned.identity()));
    }

    public DescribeChannelBanResponse describe(DescribeChannelBanRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.DESCRIBE_BANS);
        Ban ban = UserArn.parse(request.memberArn())
                .filter(arn -> actors.find(arn) != null)
                .map(arn -> bans.find(standing.channel().incarnation(), arn))
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "The user is not banned from the channel."));
        return new DescribeChannelBanResponse(ChannelShapes.ban(standing.channel().arn(), ban, actors));
    }

    public ListChannelBansResponse list(ListChannelBansRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        Standing standing = channels.standing(bearer, request.channelArn());
        standing.require(Action.DESCRIBE_BANS);
        String incarnation = standing.channel().incarnation();
        String list = "ListChannelBans " + bearer + ' ' + incarnation;
        Page<ChannelBanSummary> page = bans
                .list(incarnation, pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(ban -> new ChannelBanSummary(ChannelShapes.identity(actors.identity(ban.member()))));
        return new ListChannelBansResponse(standing.channel().arn().toString(), pageTokens.seal(list, page.next()),
                page.items());
    }

    /// Lifts a ban; the membership does not come back. Somebody who is not banned is as good as unbanned.
    public void delete(DeleteChannelBanRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.CHANGE_BANS);
        UserArn.parse(request.memberArn()).ifPresent(banned -> bans.remove(standing.channel().reference(), banned));
    }
}
