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
import bellframe.api.messaging.AllowNotifications;
import bellframe.api.messaging.ChannelMembershipPreferences;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserResponse;
import bellframe.api.messaging.GetChannelMembershipPreferencesRequest;
import bellframe.api.messaging.GetChannelMembershipPreferencesResponse;
import bellframe.api.messaging.PushNotificationPreferences;
import bellframe.api.messaging.PutChannelMembershipPreferencesRequest;
import bellframe.api.messaging.PutChannelMembershipPreferencesResponse;
import bellframe.api.messaging.UpdateChannelReadMarkerRequest;
import bellframe.api.messaging.UpdateChannelReadMarkerResponse;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on memberships.
public final class MembershipOperations {

    private final Actors actors;
    private final OwnOrAny ownOrAny;
    private final Channels channels;
    private final Memberships memberships;
    private final MemberRecords<Instant> readMarkers;
    private final MemberRecords<MembershipPreferences> preferences;
    private final EventDispatcher events;
    private final PageTokens pageTokens;
    private final InstantSource clock;

    public MembershipOperations(Actors actors, AppInstanceAdmins admins, Channels channels,
            Memberships memberships, MemberRecords<Instant> readMarkers,
            MemberRecords<MembershipPreferences> preferences, EventDispatcher events, PageTokens pageTokens,
            InstantSource clock) {
        this.actors = actors;
        this.ownOrAny = new OwnOrAny(actors, admins);
        this.channels = channels;
        this.memberships = memberships;
        this.readMarkers = readMarkers;
        this.preferences = preferences;
        this.events = events;
        this.pageTokens = pageTokens;
        this.clock = clock;
    }

    public CreateChannelMembershipResponse create(CreateChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        Membership.Type type = type(request.type());
        boolean joins = request.memberArn().equals(standing.bearer().toString()) && type == Membership.Type.DEFAULT
                && standing.may(Action.JOIN);
        Standing.require(joins || standing.may(adding(type)));
        Actor member = actors.named(request.memberArn(), standing.channel().arn().appInstance());
        memberships.add(standing.channel(), standing.bearer().arn(), member, type);
        return new CreateChannelMembershipResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(member.identity()), null);
    }

    /// Adds whom it can and tells about the others one by one.
    public BatchCreateChannelMembershipResponse batchCreate(BatchCreateChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        Membership.Type type = type(request.type());
        standing.require(adding(type));
        var newcomers = new LinkedHashMap<UserArn, Actor>();
        var errors = new ArrayList<BatchCreateChannelMembershipError>();
        for (String arn : request.memberArns()) {
            try {
                Actor user = actors.named(arn, standing.channel().arn().appInstance());
                if (newcomers.putIfAbsent(user.arn(), user) != null) {
                    errors.add(error(arn, new Refused(Refusal.CONFLICT)));
                }
            } catch (Refused refused) {
                errors.add(error(arn, refused));
            }
        }
        Memberships.Additions additions = memberships.addAll(standing.channel(), standing.bearer().arn(),
                List.copyOf(newcomers.values()), type);
        additions.refused().forEach((member, refused) -> errors.add(error(member.toString(), refused)));
        return new BatchCreateChannelMembershipResponse(answer(standing, type, additions.added()), errors);
    }

    public DescribeChannelMembershipResponse describe(DescribeChannelMembershipRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.DESCRIBE_MEMBERSHIPS);
        Membership membership = UserArn.parse(request.memberArn())
                .map(arn -> memberships.find(standing.channel().incarnation(), arn))
                .orElse(null);
        if (membership == null || !isVisible(membership, standing) || actors.find(membership.member()) == null) {
            throw new Refused(Refusal.NOT_FOUND, "The user is not a member of the channel.");
        }
        return new DescribeChannelMembershipResponse(
                ChannelShapes.membership(memberships.snapshot(standing.channel().arn().toString(), membership)));
    }

    public ListChannelMembershipsResponse list(ListChannelMembershipsRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        Standing standing = channels.standing(bearer, request.channelArn());
        Membership.Type type = type(request.type());
        standing.require(switch (type) {
            case DEFAULT -> Action.DESCRIBE_MEMBERSHIPS;
            case HIDDEN -> Action.DESCRIBE_HIDDEN_MEMBERS;
        });
        String incarnation = standing.channel().incarnation();
        String list = "ListChannelMemberships " + bearer + ' ' + incarnation + ' ' + type;
        Page<ChannelMembershipSummary> page = memberships
                .list(incarnation, type, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(member -> new ChannelMembershipSummary(
                        ChannelShapes.identity(actors.identity(member.member()))));
        return new ListChannelMembershipsResponse(standing.channel().arn().toString(), page.items(),
                pageTokens.seal(list, page.next()));
    }

    /// The bearer's own memberships, or, for admins, anybody's.
    public ListChannelMembershipsForAppInstanceUserResponse listForUser(
            ListChannelMembershipsForAppInstanceUserRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        UserArn member = ownOrAny.user(bearer, request.appInstanceUserArn());
        String list = "ListChannelMembershipsForAppInstanceUser " + bearer + ' ' + member;
        Page<ChannelMembershipForAppInstanceUserSummary> page = memberships
                .channelsOf(member, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> summary(channel, member, bearer));
        return new ListChannelMembershipsForAppInstanceUserResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    /// What the bearer, or for admins anybody, is in one channel.
    public DescribeChannelMembershipForAppInstanceUserResponse describeForUser(
            DescribeChannelMembershipForAppInstanceUserRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        UserArn member = ownOrAny.user(bearer, request.appInstanceUserArn());
        Standing standing = channels.standing(bearer, request.channelArn());
        ChannelMembershipForAppInstanceUserSummary summary = summary(standing.channel().reference(), member, bearer);
        Standing.require(summary != null);
        return new DescribeChannelMembershipForAppInstanceUserResponse(summary);
    }

    public UpdateChannelReadMarkerResponse updateReadMarker(UpdateChannelReadMarkerRequest request) {
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        standing.require(Action.SET_READ_MARKER);
        readMarkers.put(standing.channel().incarnation(), standing.bearer().arn(),
                Instant.ofEpochMilli(clock.millis()));
        return new UpdateChannelReadMarkerResponse(standing.channel().arn().toString());
    }

    public GetChannelMembershipPreferencesResponse getPreferences(GetChannelMembershipPreferencesRequest request) {
        Standing standing = own(request.chimeBearer(), request.channelArn(), request.memberArn());
        MembershipPreferences found = preferences.find(standing.channel().incarnation(), standing.bearer().arn());
        return new GetChannelMembershipPreferencesResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(standing.bearer().identity()),
                shape(found == null ? MembershipPreferences.DEFAULT : found));
    }

    public PutChannelMembershipPreferencesResponse putPreferences(PutChannelMembershipPreferencesRequest request) {
        Standing standing = own(request.chimeBearer(), request.channelArn(), request.memberArn());
        MembershipPreferences wanted = preferences(request.preferences().pushNotifications());
        preferences.put(standing.channel().incarnation(), standing.bearer().arn(), wanted);
        return new PutChannelMembershipPreferencesResponse(standing.channel().arn().toString(),
                ChannelShapes.identity(standing.bearer().identity()), shape(wanted));
    }

    private Standing own(String chimeBearer, String channelArn, String memberArn) {
        Standing standing = channels.standing(actors.bearer(chimeBearer), channelArn);
        standing.require(Action.SET_PREFERENCES, UserArn.parse(memberArn).orElse(null));
        return standing;
    }

    /// Without push preferences everything is wanted.
    private static MembershipPreferences preferences(@Nullable PushNotificationPreferences push) {
        if (push == null) {
            return MembershipPreferences.DEFAULT;
        }
        String rule = push.filterRule();
        boolean filtered = push.allowNotifications() == AllowNotifications.FILTERED;
        if (filtered != (rule != null)) {
            throw new Refused(Refusal.INVALID_INPUT, filtered
                    ? "FilterRule: is required with FILTERED"
                    : "FilterRule: goes with FILTERED only");
        }
        if (rule != null) {
            FilterRule.parse(rule);
        }
        return new MembershipPreferences(switch (push.allowNotifications()) {
            case ALL -> MembershipPreferences.AllowNotifications.ALL;
            case NONE -> MembershipPreferences.AllowNotifications.NONE;
            case FILTERED -> MembershipPreferences.AllowNotifications.FILTERED;
        }, rule);
    }

    private static ChannelMembershipPreferences shape(MembershipPreferences preferences) {
        return new ChannelMembershipPreferences(
                new PushNotificationPreferences(switch (preferences.allowNotifications()) {
                    case ALL -> AllowNotifications.ALL;
                    case NONE -> AllowNotifications.NONE;
                    case FILTERED -> AllowNotifications.FILTERED;
                }, preferences.filterRule()));
    }

    /// Removes somebody, or oneself, which is leaving. Somebody who is no member is as good as removed.
    public void delete(DeleteChannelMembershipRequest request) {
        events.requireRoom();
        Standing standing = channels.standing(actors.bearer(request.chimeBearer()), request.channelArn());
        UserArn member = UserArn.parse(request.memberArn()).orElse(null);
        standing.require(Action.REMOVE_MEMBER, member);
        if (member != null) {
            memberships.remove(standing.channel().reference(), member);
        }
    }

    private @Nullable ChannelMembershipForAppInstanceUserSummary summary(MemberChannel reference, UserArn member,
            Bearer viewer) {
        Channel channel = channels.find(reference);
        Membership membership = memberships.find(reference.incarnation(), member);
        return channel == null || membership == null
                ? null
                : new ChannelMembershipForAppInstanceUserSummary(
                        ChannelShapes.summary(channels.snapshot(channel, viewer.arn())),
                        new AppInstanceUserMembershipSummary(ChannelShapes.type(membership.isHidden()),
                                readMarkers.find(reference.incarnation(), member), null));
    }

    private BatchChannelMemberships answer(Standing standing, Membership.Type type, List<Membership> added) {
        return BatchChannelMemberships.builder()
                .channelArn(standing.channel().arn().toString())
                .invitedBy(ChannelShapes.identity(standing.bearer().identity()))
                .type(ChannelShapes.type(type == Membership.Type.HIDDEN))
                .members(added.stream()
                        .map(membership -> ChannelShapes.identity(actors.identity(membership.member())))
                        .toList())
                .build();
    }

    private static Action adding(Membership.Type type) {
        return switch (type) {
            case DEFAULT -> Action.ADD_MEMBER;
            case HIDDEN -> Action.ADD_HIDDEN_MEMBER;
        };
    }

    /// Hidden members show to themselves and to those who may hide them.
    private static boolean isVisible(Membership membership, Standing standing) {
        return !membership.isHidden() || standing.may(Action.DESCRIBE_HIDDEN_MEMBERS, membership.member());
    }

    private static BatchCreateChannelMembershipError error(String memberArn, Refused refused) {
        ErrorCode code = ErrorCode.VALUES.find(String.valueOf(refused.refusal().code())).orElseThrow();
        return new BatchCreateChannelMembershipError(memberArn, code, refused.getMessage());
    }

    private static Membership.Type type(@Nullable ChannelMembershipType type) {
        return type == null ? Membership.Type.DEFAULT : switch (type) {
            case DEFAULT -> Membership.Type.DEFAULT;
            case HIDDEN -> Membership.Type.HIDDEN;
        };
    }
}
