package bellframe.channels;

import bellframe.api.messaging.ChannelMode;
import bellframe.api.messaging.ChannelPrivacy;
import bellframe.api.messaging.ChannelSummary;
import bellframe.api.messaging.CreateChannelRequest;
import bellframe.api.messaging.CreateChannelResponse;
import bellframe.api.messaging.DeleteChannelRequest;
import bellframe.api.messaging.DescribeChannelRequest;
import bellframe.api.messaging.DescribeChannelResponse;
import bellframe.api.messaging.ExpirationSettings;
import bellframe.api.messaging.ListChannelsRequest;
import bellframe.api.messaging.ListChannelsResponse;
import bellframe.api.messaging.ListSubChannelsRequest;
import bellframe.api.messaging.ListSubChannelsResponse;
import bellframe.api.messaging.PutChannelExpirationSettingsRequest;
import bellframe.api.messaging.PutChannelExpirationSettingsResponse;
import bellframe.api.messaging.SearchChannelsRequest;
import bellframe.api.messaging.SearchChannelsResponse;
import bellframe.api.messaging.SearchField;
import bellframe.api.messaging.UpdateChannelRequest;
import bellframe.api.messaging.UpdateChannelResponse;
import bellframe.expiration.Expiration;
import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The operations on channels.
public final class ChannelOperations {

    private final Actors actors;
    private final AppInstanceAdmins admins;
    private final Channels channels;
    private final ChannelSearch search;
    private final PageTokens pageTokens;

    public ChannelOperations(Actors actors, AppInstanceAdmins admins, Channels channels,
            ChannelSearch search, PageTokens pageTokens) {
        this.actors = actors;
        this.admins = admins;
        this.channels = channels;
        this.search = search;
        this.pageTokens = pageTokens;
    }

    public CreateChannelResponse create(CreateChannelRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        AppInstanceArn appInstance = ownAppInstance(bearer, request.appInstanceArn());
        Limit.requireMetadata(request.metadata());
        if (request.elasticChannelConfiguration() != null) {
            throw new Refused(Refusal.INVALID_INPUT,
                    "ElasticChannelConfiguration: this server has no elastic channels yet.");
        }
        var wanted = new NewChannel(appInstance, request.channelId(), request.name(), mode(request.mode()),
                privacy(request.privacy()), request.metadata(), expiration(request.expirationSettings()),
                named(request.memberArns(), appInstance),
                named(request.moderatorArns(), appInstance), ChannelShapes.tags(request.tags()));
        Channel channel = channels.create(bearer, wanted, request.clientRequestToken());
        return new CreateChannelResponse(channel.arn().toString());
    }

    public DescribeChannelResponse describe(DescribeChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        return new DescribeChannelResponse(ChannelShapes.channel(channels.snapshot(standing.channel())));
    }

    /// Public channels unless the caller asks for private ones, which only admins may.
    public ListChannelsResponse list(ListChannelsRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        AppInstanceArn appInstance = ownAppInstance(bearer, request.appInstanceArn());
        Channel.Privacy privacy = privacy(request.privacy());
        Standing.require(privacy == Channel.Privacy.PUBLIC || admins.isAdmin(bearer.arn()));
        String list = "ListChannels " + bearer + ' ' + privacy;
        Page<ChannelSummary> page = channels
                .list(appInstance, privacy, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> ChannelShapes.summary(channels.snapshot(channel, bearer.arn())));
        return new ListChannelsResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public UpdateChannelResponse update(UpdateChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        standing.require(Action.UPDATE_CHANNEL);
        Limit.requireMetadata(request.metadata());
        ChannelMode mode = request.mode();
        Channel changed = channels.update(standing.channel(), request.name(), mode == null ? null : mode(mode),
                request.metadata());
        return new UpdateChannelResponse(changed.arn().toString());
    }

    public void delete(DeleteChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        standing.require(Action.DELETE_CHANNEL);
        channels.delete(standing.channel());
    }

    /// Channels that consist of given members, or have them among others. Others than admins find their own only.
    public SearchChannelsResponse search(SearchChannelsRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        var wanted = request.fields().stream().map(field -> wanted(field, bearer.arn().appInstance())).toList();
        String list = "SearchChannels " + bearer + ' ' + wanted;
        UserArn viewer = admins.isAdmin(bearer.arn()) ? null : bearer.arn();
        Page<ChannelSummary> page = search
                .find(wanted, viewer, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> ChannelShapes.summary(channels.snapshot(channel, bearer.arn())));
        return new SearchChannelsResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public PutChannelExpirationSettingsResponse putExpirationSettings(PutChannelExpirationSettingsRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        standing.require(Action.SET_EXPIRATION);
        Channel channel = channels.expire(standing.channel(), expiration(request.expirationSettings()));
        return new PutChannelExpirationSettingsResponse(channel.arn().toString(),
                ChannelShapes.channel(channels.snapshot(channel)).expirationSettings());
    }

    /// No channel here has sub-channels.
    public ListSubChannelsResponse listSubChannels(ListSubChannelsRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        standing.require(Action.LIST_SUB_CHANNELS);
        throw new Refused(Refusal.INVALID_INPUT, "ChannelArn: the channel is not an elastic channel");
    }

    private ChannelSearch.Members wanted(SearchField field, AppInstanceArn appInstance) {
        Set<UserArn> members = field.values()
                .stream()
                .map(arn -> actors.named(arn, appInstance).arn())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return switch (field.key()) {
            case MEMBERS -> new ChannelSearch.Members(members, switch (field.operator()) {
                case EQUALS -> true;
                case INCLUDES -> false;
            });
        };
    }

    private static @Nullable Expiration expiration(@Nullable ExpirationSettings settings) {
        return settings == null
                ? null
                : new Expiration(settings.expirationDays(), switch (settings.expirationCriterion()) {
                    case CREATED_TIMESTAMP -> Expiration.Criterion.CREATED_TIMESTAMP;
                    case LAST_MESSAGE_TIMESTAMP -> Expiration.Criterion.LAST_MESSAGE_TIMESTAMP;
                });
    }

    private Standing standing(@Nullable String chimeBearer, String channelArn) {
        return channels.standing(actors.bearer(chimeBearer), channelArn);
    }

    private static AppInstanceArn ownAppInstance(Bearer bearer, String appInstanceArn) {
        AppInstanceArn own = bearer.arn().appInstance();
        Standing.require(own.toString().equals(appInstanceArn));
        return own;
    }

    private List<Actor> named(@Nullable List<String> arns, AppInstanceArn appInstance) {
        return arns == null ? List.of() : arns.stream().map(arn -> actors.named(arn, appInstance)).toList();
    }

    private static Channel.Mode mode(@Nullable ChannelMode mode) {
        return mode == null ? Channel.Mode.RESTRICTED : switch (mode) {
            case RESTRICTED -> Channel.Mode.RESTRICTED;
            case UNRESTRICTED -> Channel.Mode.UNRESTRICTED;
        };
    }

    private static Channel.Privacy privacy(@Nullable ChannelPrivacy privacy) {
        return privacy == null ? Channel.Privacy.PUBLIC : switch (privacy) {
            case PUBLIC -> Channel.Privacy.PUBLIC;
            case PRIVATE -> Channel.Privacy.PRIVATE;
        };
    }
}
