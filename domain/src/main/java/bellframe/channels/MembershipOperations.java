package bellframe.channels;

import bellframe.api.messaging.AppInstanceUserMembershipSummary;
import bellframe.api.messaging.BatchChannelMemberships;
import bellframe.api.messaging.BatchCreateChannelMembershipError;
import bellframe.api.messaging.BatchCreateChannelMembershipRequest;
import bellframe.api.messaging.BatchCreateChannelMembershipResponse;
import bellframe.api.messaging.ChannelMembershipForAppInstanceUserSummary;
import bellframe.api.messaging.ChannelMembershipSummary;
import bellframe.api.messaging.ChannelMembershipType;
import bellframe.api.messaging.CreateChannelMembershipRequest;
import bellframe.api.messaging.CreateChannelMembershipResponse;
import bellframe.api.messaging.DeleteChannelMembershipRequest;
import bellframe.api.messaging.DescribeChannelMembershipRequest;
import bellframe.api.messaging.DescribeChannelMembershipResponse;
import bellframe.api.messaging.ErrorCode;
import bellframe.api.messaging.ListChannelMembershipsForAppInstanceUserRequest;
import bellframe.api.messaging.ListChannelMembershipsForAppInstanceUserResponse;
import bellframe.api.messaging.ListChannelMembershipsRequest;
import bellframe.api.messaging.ListChannelMembershipsResponse;
import bellframe.events.EventDispatcher;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceUser;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on memberships.
public final class MembershipOperations {

    private final AppInstanceUsers users;
    private final AppInstanceAdmins admins;
    private final Channels channels;
    private final Memberships memberships;
    private final EventDispatcher events;
    private final PageTokens pageTokens;

    public MembershipOperations(AppInstanceUsers users, AppInstanceAdmins admins, Channels channels,
            Memberships memberships, EventDispatcher events, PageTokens pageTokens) {
        this.users = users;
        this.admins = admins;
        this.channels = channels;
        this.memberships = memberships;
        this.events = events;
        this.pageTokens = pageTokens;
    }

    public CreateChannelMembershipResponse create(CreateChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(users.bearer(request.chimeBearer()), request.channelArn());
        Membership.Type type = type(request.type());
        boolean joins = request.memberArn().equals(standing.bearer().toString()) && type == Membership.Type.DEFAULT
                && standing.channel().isPublic();
        Standing.require(joins || mayAdd(standing, type));
        AppInstanceUser member = users.named(request.memberArn(), standing.channel().arn().appInstance());
        memberships.add(standing.channel(), standing.bearer().arn(), member, type);
        return new CreateChannelMembershipResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(member.identity()), null);
    }

    /// Adds whom it can and tells about the others one by one.
    public BatchCreateChannelMembershipResponse batchCreate(BatchCreateChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(users.bearer(request.chimeBearer()), request.channelArn());
        Membership.Type type = type(request.type());
        Standing.require(mayAdd(standing, type));
        var newcomers = new LinkedHashMap<UserArn, AppInstanceUser>();
        var errors = new ArrayList<BatchCreateChannelMembershipError>();
        for (String arn : request.memberArns()) {
            try {
                AppInstanceUser user = users.named(arn, standing.channel().arn().appInstance());
                if (newcomers.putIfAbsent(user.arn(), user) != null) {
                    errors.add(conflict(arn));
                }
            } catch (Refused refused) {
                errors.add(new BatchCreateChannelMembershipError(arn, ErrorCode.FORBIDDEN, refused.getMessage()));
            }
        }
        List<Membership> added = memberships.addAll(standing.channel(), standing.bearer().arn(),
                List.copyOf(newcomers.values()), type);
        added.forEach(membership -> newcomers.remove(membership.member()));
        newcomers.keySet().forEach(already -> errors.add(conflict(already.toString())));
        return new BatchCreateChannelMembershipResponse(answer(standing, type, added), errors);
    }

    public DescribeChannelMembershipResponse describe(DescribeChannelMembershipRequest request) {
        Standing standing = channels.standing(users.bearer(request.chimeBearer()), request.channelArn());
        Membership membership = UserArn.parse(request.memberArn())
                .map(arn -> memberships.find(standing.channel().incarnation(), arn))
                .orElse(null);
        if (membership == null || !isVisible(membership, standing)) {
            throw new Refused(Refusal.NOT_FOUND, "The user is not a member of the channel.");
        }
        return new DescribeChannelMembershipResponse(
                ChannelShapes.membership(memberships.snapshot(standing.channel().arn().toString(), membership)));
    }

    public ListChannelMembershipsResponse list(ListChannelMembershipsRequest request) {
        Bearer bearer = users.bearer(request.chimeBearer());
        Standing standing = channels.standing(bearer, request.channelArn());
        Membership.Type type = type(request.type());
        Standing.require(type == Membership.Type.DEFAULT || standing.administers());
        String incarnation = standing.channel().incarnation();
        String list = "ListChannelMemberships " + bearer + ' ' + incarnation + ' ' + type;
        Page<ChannelMembershipSummary> page = memberships
                .list(incarnation, type, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(member -> new ChannelMembershipSummary(
                        ChannelShapes.identity(users.identity(member.member()))));
        return new ListChannelMembershipsResponse(standing.channel().arn().toString(), page.items(),
                pageTokens.seal(list, page.next()));
    }

    /// The bearer's own memberships, or, for admins, anybody's.
    public ListChannelMembershipsForAppInstanceUserResponse listForUser(
            ListChannelMembershipsForAppInstanceUserRequest request) {
        Bearer bearer = users.bearer(request.chimeBearer());
        UserArn member = member(bearer, request.appInstanceUserArn());
        String list = "ListChannelMembershipsForAppInstanceUser " + bearer + ' ' + member;
        Page<ChannelMembershipForAppInstanceUserSummary> page = memberships
                .channelsOf(member, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> summary(channel, member));
        return new ListChannelMembershipsForAppInstanceUserResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    /// Removes somebody, or oneself, which is leaving. Somebody who is no member is as good as removed.
    public void delete(DeleteChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(users.bearer(request.chimeBearer()), request.channelArn());
        boolean leaves = request.memberArn().equals(standing.bearer().toString());
        Standing.require(leaves || standing.administers());
        Channel channel = standing.channel();
        UserArn.parse(request.memberArn())
                .ifPresent(member -> memberships.remove(new MemberChannel(channel.arn(), channel.incarnation()),
                        member));
    }

    private UserArn member(Bearer bearer, @Nullable String userArn) {
        if (userArn == null || userArn.equals(bearer.toString())) {
            return bearer.arn();
        }
        Standing.require(admins.isAdmin(bearer.arn()));
        return users.named(userArn, bearer.arn().appInstance()).arn();
    }

    private @Nullable ChannelMembershipForAppInstanceUserSummary summary(MemberChannel reference, UserArn member) {
        Channel channel = channels.find(reference);
        Membership membership = memberships.find(reference.incarnation(), member);
        if (channel == null || membership == null) {
            return null;
        }
        return new ChannelMembershipForAppInstanceUserSummary(ChannelShapes.summary(channels.snapshot(channel)),
                new AppInstanceUserMembershipSummary(ChannelShapes.type(membership.isHidden()), null, null));
    }

    private BatchChannelMemberships answer(Standing standing, Membership.Type type, List<Membership> added) {
        return BatchChannelMemberships.builder()
                .channelArn(standing.channel().arn().toString())
                .invitedBy(ChannelShapes.identity(standing.bearer().identity()))
                .type(ChannelShapes.type(type == Membership.Type.HIDDEN))
                .members(added.stream()
                        .map(membership -> ChannelShapes.identity(users.identity(membership.member())))
                        .toList())
                .build();
    }

    private static boolean mayAdd(Standing standing, Membership.Type type) {
        return switch (type) {
            case DEFAULT -> standing.invites();
            case HIDDEN -> standing.administers();
        };
    }

    /// Hidden members show to themselves and to those who may hide them.
    private static boolean isVisible(Membership membership, Standing standing) {
        return !membership.isHidden() || standing.administers()
                || membership.member().equals(standing.bearer().arn());
    }

    private static BatchCreateChannelMembershipError conflict(String memberArn) {
        return new BatchCreateChannelMembershipError(memberArn, ErrorCode.CONFLICT, "The user is a member already.");
    }

    private static Membership.Type type(@Nullable ChannelMembershipType type) {
        return type == null ? Membership.Type.DEFAULT : switch (type) {
            case DEFAULT -> Membership.Type.DEFAULT;
            case HIDDEN -> Membership.Type.HIDDEN;
        };
    }
}
