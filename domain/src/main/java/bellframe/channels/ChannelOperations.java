package bellframe.channels;

import bellframe.api.messaging.ChannelMode;
import bellframe.api.messaging.ChannelPrivacy;
import bellframe.api.messaging.ChannelSummary;
import bellframe.api.messaging.CreateChannelRequest;
import bellframe.api.messaging.CreateChannelResponse;
import bellframe.api.messaging.DeleteChannelRequest;
import bellframe.api.messaging.DescribeChannelRequest;
import bellframe.api.messaging.DescribeChannelResponse;
import bellframe.api.messaging.ListChannelsRequest;
import bellframe.api.messaging.ListChannelsResponse;
import bellframe.api.messaging.Tag;
import bellframe.api.messaging.UpdateChannelRequest;
import bellframe.api.messaging.UpdateChannelResponse;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceUser;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations on channels.
public final class ChannelOperations {

    private final AppInstanceUsers users;
    private final AppInstanceAdmins admins;
    private final Channels channels;
    private final PageTokens pageTokens;

    public ChannelOperations(AppInstanceUsers users, AppInstanceAdmins admins, Channels channels,
            PageTokens pageTokens) {
        this.users = users;
        this.admins = admins;
        this.channels = channels;
        this.pageTokens = pageTokens;
    }

    public CreateChannelResponse create(CreateChannelRequest request) {
        Bearer bearer = users.bearer(request.chimeBearer());
        AppInstanceArn appInstance = ownAppInstance(bearer, request.appInstanceArn());
        if (request.elasticChannelConfiguration() != null) {
            throw new Refused(Refusal.INVALID_INPUT,
                    "ElasticChannelConfiguration: this server has no elastic channels yet.");
        }
        if (request.expirationSettings() != null) {
            throw new Refused(Refusal.NOT_IMPLEMENTED, "ExpirationSettings: this server does not expire channels yet.");
        }
        var wanted = new NewChannel(appInstance, request.channelId(), request.name(), mode(request.mode()),
                privacy(request.privacy()), request.metadata(), named(request.memberArns(), appInstance),
                named(request.moderatorArns(), appInstance), tags(request.tags()));
        Channel channel = channels.create(bearer, wanted, request.clientRequestToken());
        return new CreateChannelResponse(channel.arn().toString());
    }

    public DescribeChannelResponse describe(DescribeChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        return new DescribeChannelResponse(ChannelShapes.channel(channels.snapshot(standing.channel())));
    }

    /// Public channels unless the caller asks for private ones, which only admins may.
    public ListChannelsResponse list(ListChannelsRequest request) {
        Bearer bearer = users.bearer(request.chimeBearer());
        AppInstanceArn appInstance = ownAppInstance(bearer, request.appInstanceArn());
        Channel.Privacy privacy = privacy(request.privacy());
        Standing.require(privacy == Channel.Privacy.PUBLIC || admins.isAdmin(bearer.arn()));
        String list = "ListChannels " + bearer + ' ' + privacy;
        Page<ChannelSummary> page = channels
                .list(appInstance, privacy, pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(channel -> ChannelShapes.summary(channels.snapshot(channel)));
        return new ListChannelsResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public UpdateChannelResponse update(UpdateChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        Standing.require(standing.administers());
        ChannelMode mode = request.mode();
        Channel changed = channels.update(standing.channel(), request.name(), mode == null ? null : mode(mode),
                request.metadata());
        return new UpdateChannelResponse(changed.arn().toString());
    }

    public void delete(DeleteChannelRequest request) {
        Standing standing = standing(request.chimeBearer(), request.channelArn());
        Standing.require(standing.administers());
        channels.delete(standing.channel());
    }

    private Standing standing(String chimeBearer, String channelArn) {
        return channels.standing(users.bearer(chimeBearer), channelArn);
    }

    private static AppInstanceArn ownAppInstance(Bearer bearer, String appInstanceArn) {
        AppInstanceArn own = bearer.arn().appInstance();
        Standing.require(own.toString().equals(appInstanceArn));
        return own;
    }

    private List<AppInstanceUser> named(@Nullable List<String> arns, AppInstanceArn appInstance) {
        return arns == null ? List.of() : arns.stream().map(arn -> users.named(arn, appInstance)).toList();
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

    private static Map<String, String> tags(@Nullable List<Tag> tags) {
        var byKey = new LinkedHashMap<String, String>();
        if (tags != null) {
            tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        }
        return byKey;
    }
}
