package bellframe.server;

import bellframe.api.Call;
import bellframe.api.messaging.AssociateChannelFlowRequest;
import bellframe.api.messaging.BatchCreateChannelMembershipRequest;
import bellframe.api.messaging.BatchCreateChannelMembershipResponse;
import bellframe.api.messaging.ChannelFlowCallbackRequest;
import bellframe.api.messaging.ChannelFlowCallbackResponse;
import bellframe.api.messaging.CreateChannelBanRequest;
import bellframe.api.messaging.CreateChannelBanResponse;
import bellframe.api.messaging.CreateChannelFlowRequest;
import bellframe.api.messaging.CreateChannelFlowResponse;
import bellframe.api.messaging.CreateChannelMembershipRequest;
import bellframe.api.messaging.CreateChannelMembershipResponse;
import bellframe.api.messaging.CreateChannelModeratorRequest;
import bellframe.api.messaging.CreateChannelModeratorResponse;
import bellframe.api.messaging.CreateChannelRequest;
import bellframe.api.messaging.CreateChannelResponse;
import bellframe.api.messaging.DeleteChannelBanRequest;
import bellframe.api.messaging.DeleteChannelFlowRequest;
import bellframe.api.messaging.DeleteChannelMembershipRequest;
import bellframe.api.messaging.DeleteChannelMessageRequest;
import bellframe.api.messaging.DeleteChannelModeratorRequest;
import bellframe.api.messaging.DeleteChannelRequest;
import bellframe.api.messaging.DeleteMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.DescribeChannelBanRequest;
import bellframe.api.messaging.DescribeChannelBanResponse;
import bellframe.api.messaging.DescribeChannelFlowRequest;
import bellframe.api.messaging.DescribeChannelFlowResponse;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserResponse;
import bellframe.api.messaging.DescribeChannelMembershipRequest;
import bellframe.api.messaging.DescribeChannelMembershipResponse;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserResponse;
import bellframe.api.messaging.DescribeChannelModeratorRequest;
import bellframe.api.messaging.DescribeChannelModeratorResponse;
import bellframe.api.messaging.DescribeChannelRequest;
import bellframe.api.messaging.DescribeChannelResponse;
import bellframe.api.messaging.DisassociateChannelFlowRequest;
import bellframe.api.messaging.GetChannelMembershipPreferencesRequest;
import bellframe.api.messaging.GetChannelMembershipPreferencesResponse;
import bellframe.api.messaging.GetChannelMessageRequest;
import bellframe.api.messaging.GetChannelMessageResponse;
import bellframe.api.messaging.GetChannelMessageStatusRequest;
import bellframe.api.messaging.GetChannelMessageStatusResponse;
import bellframe.api.messaging.GetMessagingSessionEndpointRequest;
import bellframe.api.messaging.GetMessagingSessionEndpointResponse;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsResponse;
import bellframe.api.messaging.ListChannelBansRequest;
import bellframe.api.messaging.ListChannelBansResponse;
import bellframe.api.messaging.ListChannelFlowsRequest;
import bellframe.api.messaging.ListChannelFlowsResponse;
import bellframe.api.messaging.ListChannelMembershipsForAppInstanceUserRequest;
import bellframe.api.messaging.ListChannelMembershipsForAppInstanceUserResponse;
import bellframe.api.messaging.ListChannelMembershipsRequest;
import bellframe.api.messaging.ListChannelMembershipsResponse;
import bellframe.api.messaging.ListChannelMessagesRequest;
import bellframe.api.messaging.ListChannelMessagesResponse;
import bellframe.api.messaging.ListChannelModeratorsRequest;
import bellframe.api.messaging.ListChannelModeratorsResponse;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowRequest;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowResponse;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserResponse;
import bellframe.api.messaging.ListChannelsRequest;
import bellframe.api.messaging.ListChannelsResponse;
import bellframe.api.messaging.ListSubChannelsRequest;
import bellframe.api.messaging.ListSubChannelsResponse;
import bellframe.api.messaging.ListTagsForResourceRequest;
import bellframe.api.messaging.ListTagsForResourceResponse;
import bellframe.api.messaging.MessagingService;
import bellframe.api.messaging.PutChannelExpirationSettingsRequest;
import bellframe.api.messaging.PutChannelExpirationSettingsResponse;
import bellframe.api.messaging.PutChannelMembershipPreferencesRequest;
import bellframe.api.messaging.PutChannelMembershipPreferencesResponse;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsResponse;
import bellframe.api.messaging.RedactChannelMessageRequest;
import bellframe.api.messaging.RedactChannelMessageResponse;
import bellframe.api.messaging.SearchChannelsRequest;
import bellframe.api.messaging.SearchChannelsResponse;
import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.api.messaging.SendChannelMessageResponse;
import bellframe.api.messaging.TagResourceRequest;
import bellframe.api.messaging.UntagResourceRequest;
import bellframe.api.messaging.UpdateChannelFlowRequest;
import bellframe.api.messaging.UpdateChannelFlowResponse;
import bellframe.api.messaging.UpdateChannelMessageRequest;
import bellframe.api.messaging.UpdateChannelMessageResponse;
import bellframe.api.messaging.UpdateChannelReadMarkerRequest;
import bellframe.api.messaging.UpdateChannelReadMarkerResponse;
import bellframe.api.messaging.UpdateChannelRequest;
import bellframe.api.messaging.UpdateChannelResponse;
import bellframe.channels.BanOperations;
import bellframe.channels.ChannelOperations;
import bellframe.channels.MembershipOperations;
import bellframe.channels.ModeratorOperations;
import bellframe.flows.ChannelFlowOperations;
import bellframe.messages.MessageOperations;
import bellframe.sessions.SessionOperations;
import bellframe.streaming.StreamingOperations;
import bellframe.tags.TagOperations;

/// The messaging service: which part of the domain does which operation.
record Messaging(
        ChannelOperations channels,
        MembershipOperations memberships,
        ModeratorOperations moderators,
        BanOperations bans,
        MessageOperations messages,
        ChannelFlowOperations flows,
        StreamingOperations streaming,
        TagOperations tags,
        SessionOperations sessions) implements MessagingService {

    @Override
    public void associateChannelFlow(Call call, AssociateChannelFlowRequest request) {
        flows.associate(request);
    }

    @Override
    public BatchCreateChannelMembershipResponse batchCreateChannelMembership(Call call,
            BatchCreateChannelMembershipRequest request) {
        return memberships.batchCreate(request);
    }

    @Override
    public ChannelFlowCallbackResponse channelFlowCallback(Call call, ChannelFlowCallbackRequest request) {
        return messages.callback(request);
    }

    @Override
    public CreateChannelResponse createChannel(Call call, CreateChannelRequest request) {
        return channels.create(request);
    }

    @Override
    public CreateChannelBanResponse createChannelBan(Call call, CreateChannelBanRequest request) {
        return bans.create(request);
    }

    @Override
    public CreateChannelFlowResponse createChannelFlow(Call call, CreateChannelFlowRequest request) {
        return flows.create(call, request);
    }

    @Override
    public CreateChannelMembershipResponse createChannelMembership(Call call, CreateChannelMembershipRequest request) {
        return memberships.create(request);
    }

    @Override
    public CreateChannelModeratorResponse createChannelModerator(Call call, CreateChannelModeratorRequest request) {
        return moderators.create(request);
    }

    @Override
    public void deleteChannel(Call call, DeleteChannelRequest request) {
        channels.delete(request);
    }

    @Override
    public void deleteChannelBan(Call call, DeleteChannelBanRequest request) {
        bans.delete(request);
    }

    @Override
    public void deleteChannelFlow(Call call, DeleteChannelFlowRequest request) {
        flows.delete(request);
    }

    @Override
    public void deleteChannelMembership(Call call, DeleteChannelMembershipRequest request) {
        memberships.delete(request);
    }

    @Override
    public void deleteChannelMessage(Call call, DeleteChannelMessageRequest request) {
        messages.delete(request);
    }

    @Override
    public void deleteChannelModerator(Call call, DeleteChannelModeratorRequest request) {
        moderators.delete(request);
    }

    @Override
    public void deleteMessagingStreamingConfigurations(Call call,
            DeleteMessagingStreamingConfigurationsRequest request) {
        streaming.delete(request);
    }

    @Override
    public DescribeChannelResponse describeChannel(Call call, DescribeChannelRequest request) {
        return channels.describe(request);
    }

    @Override
    public DescribeChannelBanResponse describeChannelBan(Call call, DescribeChannelBanRequest request) {
        return bans.describe(request);
    }

    @Override
    public DescribeChannelFlowResponse describeChannelFlow(Call call, DescribeChannelFlowRequest request) {
        return flows.describe(request);
    }

    @Override
    public DescribeChannelMembershipResponse describeChannelMembership(Call call,
            DescribeChannelMembershipRequest request) {
        return memberships.describe(request);
    }

    @Override
    public DescribeChannelMembershipForAppInstanceUserResponse describeChannelMembershipForAppInstanceUser(Call call,
            DescribeChannelMembershipForAppInstanceUserRequest request) {
        return memberships.describeForUser(request);
    }

    @Override
    public DescribeChannelModeratedByAppInstanceUserResponse describeChannelModeratedByAppInstanceUser(Call call,
            DescribeChannelModeratedByAppInstanceUserRequest request) {
        return moderators.describeForUser(request);
    }

    @Override
    public DescribeChannelModeratorResponse describeChannelModerator(Call call,
            DescribeChannelModeratorRequest request) {
        return moderators.describe(request);
    }

    @Override
    public void disassociateChannelFlow(Call call, DisassociateChannelFlowRequest request) {
        flows.disassociate(request);
    }

    @Override
    public GetChannelMembershipPreferencesResponse getChannelMembershipPreferences(Call call,
            GetChannelMembershipPreferencesRequest request) {
        return memberships.getPreferences(request);
    }

    @Override
    public GetChannelMessageResponse getChannelMessage(Call call, GetChannelMessageRequest request) {
        return messages.get(request);
    }

    @Override
    public GetChannelMessageStatusResponse getChannelMessageStatus(Call call, GetChannelMessageStatusRequest request) {
        return messages.getStatus(request);
    }

    @Override
    public GetMessagingSessionEndpointResponse getMessagingSessionEndpoint(Call call,
            GetMessagingSessionEndpointRequest request) {
        return sessions.getEndpoint(call);
    }

    @Override
    public GetMessagingStreamingConfigurationsResponse getMessagingStreamingConfigurations(Call call,
            GetMessagingStreamingConfigurationsRequest request) {
        return streaming.get(request);
    }

    @Override
    public ListChannelBansResponse listChannelBans(Call call, ListChannelBansRequest request) {
        return bans.list(request);
    }

    @Override
    public ListChannelFlowsResponse listChannelFlows(Call call, ListChannelFlowsRequest request) {
        return flows.list(request);
    }

    @Override
    public ListChannelMembershipsResponse listChannelMemberships(Call call, ListChannelMembershipsRequest request) {
        return memberships.list(request);
    }

    @Override
    public ListChannelMembershipsForAppInstanceUserResponse listChannelMembershipsForAppInstanceUser(Call call,
            ListChannelMembershipsForAppInstanceUserRequest request) {
        return memberships.listForUser(request);
    }

    @Override
    public ListChannelMessagesResponse listChannelMessages(Call call, ListChannelMessagesRequest request) {
        return messages.list(request);
    }

    @Override
    public ListChannelModeratorsResponse listChannelModerators(Call call, ListChannelModeratorsRequest request) {
        return moderators.list(request);
    }

    @Override
    public ListChannelsResponse listChannels(Call call, ListChannelsRequest request) {
        return channels.list(request);
    }

    @Override
    public ListChannelsAssociatedWithChannelFlowResponse listChannelsAssociatedWithChannelFlow(Call call,
            ListChannelsAssociatedWithChannelFlowRequest request) {
        return flows.listChannels(request);
    }

    @Override
    public ListChannelsModeratedByAppInstanceUserResponse listChannelsModeratedByAppInstanceUser(Call call,
            ListChannelsModeratedByAppInstanceUserRequest request) {
        return moderators.listForUser(request);
    }

    @Override
    public ListSubChannelsResponse listSubChannels(Call call, ListSubChannelsRequest request) {
        return channels.listSubChannels(request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(Call call, ListTagsForResourceRequest request) {
        return tags.list(request);
    }

    @Override
    public PutChannelExpirationSettingsResponse putChannelExpirationSettings(Call call,
            PutChannelExpirationSettingsRequest request) {
        return channels.putExpirationSettings(request);
    }

    @Override
    public PutChannelMembershipPreferencesResponse putChannelMembershipPreferences(Call call,
            PutChannelMembershipPreferencesRequest request) {
        return memberships.putPreferences(request);
    }

    @Override
    public PutMessagingStreamingConfigurationsResponse putMessagingStreamingConfigurations(Call call,
            PutMessagingStreamingConfigurationsRequest request) {
        return streaming.put(request);
    }

    @Override
    public RedactChannelMessageResponse redactChannelMessage(Call call, RedactChannelMessageRequest request) {
        return messages.redact(request);
    }

    @Override
    public SearchChannelsResponse searchChannels(Call call, SearchChannelsRequest request) {
        return channels.search(request);
    }

    @Override
    public SendChannelMessageResponse sendChannelMessage(Call call, SendChannelMessageRequest request) {
        return messages.send(request);
    }

    @Override
    public void tagResource(Call call, TagResourceRequest request) {
        tags.tag(request);
    }

    @Override
    public void untagResource(Call call, UntagResourceRequest request) {
        tags.untag(request);
    }

    @Override
    public UpdateChannelResponse updateChannel(Call call, UpdateChannelRequest request) {
        return channels.update(request);
    }

    @Override
    public UpdateChannelFlowResponse updateChannelFlow(Call call, UpdateChannelFlowRequest request) {
        return flows.update(request);
    }

    @Override
    public UpdateChannelMessageResponse updateChannelMessage(Call call, UpdateChannelMessageRequest request) {
        return messages.update(request);
    }

    @Override
    public UpdateChannelReadMarkerResponse updateChannelReadMarker(Call call, UpdateChannelReadMarkerRequest request) {
        return memberships.updateReadMarker(request);
    }
}
