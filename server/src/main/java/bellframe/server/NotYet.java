package bellframe.server;

import bellframe.api.identity.CreateAppInstanceBotRequest;
import bellframe.api.identity.CreateAppInstanceBotResponse;
import bellframe.api.identity.DeleteAppInstanceBotRequest;
import bellframe.api.identity.DeregisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceBotRequest;
import bellframe.api.identity.DescribeAppInstanceBotResponse;
import bellframe.api.identity.DescribeAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceUserEndpointResponse;
import bellframe.api.identity.GetAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.GetAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.ListAppInstanceBotsRequest;
import bellframe.api.identity.ListAppInstanceBotsResponse;
import bellframe.api.identity.ListAppInstanceUserEndpointsRequest;
import bellframe.api.identity.ListAppInstanceUserEndpointsResponse;
import bellframe.api.identity.PutAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.PutAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsRequest;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsResponse;
import bellframe.api.identity.RegisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.RegisterAppInstanceUserEndpointResponse;
import bellframe.api.identity.UpdateAppInstanceBotRequest;
import bellframe.api.identity.UpdateAppInstanceBotResponse;
import bellframe.api.identity.UpdateAppInstanceUserEndpointRequest;
import bellframe.api.identity.UpdateAppInstanceUserEndpointResponse;
import bellframe.api.messaging.AssociateChannelFlowRequest;
import bellframe.api.messaging.ChannelFlowCallbackRequest;
import bellframe.api.messaging.ChannelFlowCallbackResponse;
import bellframe.api.messaging.CreateChannelBanRequest;
import bellframe.api.messaging.CreateChannelBanResponse;
import bellframe.api.messaging.CreateChannelFlowRequest;
import bellframe.api.messaging.CreateChannelFlowResponse;
import bellframe.api.messaging.CreateChannelModeratorRequest;
import bellframe.api.messaging.CreateChannelModeratorResponse;
import bellframe.api.messaging.DeleteChannelBanRequest;
import bellframe.api.messaging.DeleteChannelFlowRequest;
import bellframe.api.messaging.DeleteChannelModeratorRequest;
import bellframe.api.messaging.DeleteMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.DescribeChannelBanRequest;
import bellframe.api.messaging.DescribeChannelBanResponse;
import bellframe.api.messaging.DescribeChannelFlowRequest;
import bellframe.api.messaging.DescribeChannelFlowResponse;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelMembershipForAppInstanceUserResponse;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.DescribeChannelModeratedByAppInstanceUserResponse;
import bellframe.api.messaging.DescribeChannelModeratorRequest;
import bellframe.api.messaging.DescribeChannelModeratorResponse;
import bellframe.api.messaging.DisassociateChannelFlowRequest;
import bellframe.api.messaging.GetChannelMembershipPreferencesRequest;
import bellframe.api.messaging.GetChannelMembershipPreferencesResponse;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.GetMessagingStreamingConfigurationsResponse;
import bellframe.api.messaging.ListChannelBansRequest;
import bellframe.api.messaging.ListChannelBansResponse;
import bellframe.api.messaging.ListChannelFlowsRequest;
import bellframe.api.messaging.ListChannelFlowsResponse;
import bellframe.api.messaging.ListChannelModeratorsRequest;
import bellframe.api.messaging.ListChannelModeratorsResponse;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowRequest;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowResponse;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserRequest;
import bellframe.api.messaging.ListChannelsModeratedByAppInstanceUserResponse;
import bellframe.api.messaging.ListSubChannelsRequest;
import bellframe.api.messaging.ListSubChannelsResponse;
import bellframe.api.messaging.ListTagsForResourceRequest;
import bellframe.api.messaging.ListTagsForResourceResponse;
import bellframe.api.messaging.PutChannelExpirationSettingsRequest;
import bellframe.api.messaging.PutChannelExpirationSettingsResponse;
import bellframe.api.messaging.PutChannelMembershipPreferencesRequest;
import bellframe.api.messaging.PutChannelMembershipPreferencesResponse;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsRequest;
import bellframe.api.messaging.PutMessagingStreamingConfigurationsResponse;
import bellframe.api.messaging.SearchChannelsRequest;
import bellframe.api.messaging.SearchChannelsResponse;
import bellframe.api.messaging.TagResourceRequest;
import bellframe.api.messaging.UntagResourceRequest;
import bellframe.api.messaging.UpdateChannelFlowRequest;
import bellframe.api.messaging.UpdateChannelFlowResponse;
import bellframe.api.messaging.UpdateChannelReadMarkerRequest;
import bellframe.api.messaging.UpdateChannelReadMarkerResponse;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// The operations that have no behaviour: each answers 501. The README lists them.
@SuppressWarnings("DoNotCallSuggester") // they are called for the answer that the exception is
final class NotYet {

    void associateChannelFlow(AssociateChannelFlowRequest request) {
        throw notYet(request);
    }

    ChannelFlowCallbackResponse channelFlowCallback(ChannelFlowCallbackRequest request) {
        throw notYet(request);
    }

    CreateChannelBanResponse createChannelBan(CreateChannelBanRequest request) {
        throw notYet(request);
    }

    CreateChannelFlowResponse createChannelFlow(CreateChannelFlowRequest request) {
        throw notYet(request);
    }

    CreateChannelModeratorResponse createChannelModerator(CreateChannelModeratorRequest request) {
        throw notYet(request);
    }

    void deleteChannelBan(DeleteChannelBanRequest request) {
        throw notYet(request);
    }

    void deleteChannelFlow(DeleteChannelFlowRequest request) {
        throw notYet(request);
    }

    void deleteChannelModerator(DeleteChannelModeratorRequest request) {
        throw notYet(request);
    }

    void deleteMessagingStreamingConfigurations(DeleteMessagingStreamingConfigurationsRequest request) {
        throw notYet(request);
    }

    DescribeChannelBanResponse describeChannelBan(DescribeChannelBanRequest request) {
        throw notYet(request);
    }

    DescribeChannelFlowResponse describeChannelFlow(DescribeChannelFlowRequest request) {
        throw notYet(request);
    }

    DescribeChannelMembershipForAppInstanceUserResponse describeChannelMembershipForAppInstanceUser(
            DescribeChannelMembershipForAppInstanceUserRequest request) {
        throw notYet(request);
    }

    DescribeChannelModeratedByAppInstanceUserResponse describeChannelModeratedByAppInstanceUser(
            DescribeChannelModeratedByAppInstanceUserRequest request) {
        throw notYet(request);
    }

    DescribeChannelModeratorResponse describeChannelModerator(DescribeChannelModeratorRequest request) {
        throw notYet(request);
    }

    void disassociateChannelFlow(DisassociateChannelFlowRequest request) {
        throw notYet(request);
    }

    GetChannelMembershipPreferencesResponse getChannelMembershipPreferences(
            GetChannelMembershipPreferencesRequest request) {
        throw notYet(request);
    }

    GetMessagingStreamingConfigurationsResponse getMessagingStreamingConfigurations(
            GetMessagingStreamingConfigurationsRequest request) {
        throw notYet(request);
    }

    ListChannelBansResponse listChannelBans(ListChannelBansRequest request) {
        throw notYet(request);
    }

    ListChannelFlowsResponse listChannelFlows(ListChannelFlowsRequest request) {
        throw notYet(request);
    }

    ListChannelModeratorsResponse listChannelModerators(ListChannelModeratorsRequest request) {
        throw notYet(request);
    }

    ListChannelsAssociatedWithChannelFlowResponse listChannelsAssociatedWithChannelFlow(
            ListChannelsAssociatedWithChannelFlowRequest request) {
        throw notYet(request);
    }

    ListChannelsModeratedByAppInstanceUserResponse listChannelsModeratedByAppInstanceUser(
            ListChannelsModeratedByAppInstanceUserRequest request) {
        throw notYet(request);
    }

    ListSubChannelsResponse listSubChannels(ListSubChannelsRequest request) {
        throw notYet(request);
    }

    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        throw notYet(request);
    }

    PutChannelExpirationSettingsResponse putChannelExpirationSettings(PutChannelExpirationSettingsRequest request) {
        throw notYet(request);
    }

    PutChannelMembershipPreferencesResponse putChannelMembershipPreferences(
            PutChannelMembershipPreferencesRequest request) {
        throw notYet(request);
    }

    PutMessagingStreamingConfigurationsResponse putMessagingStreamingConfigurations(
            PutMessagingStreamingConfigurationsRequest request) {
        throw notYet(request);
    }

    SearchChannelsResponse searchChannels(SearchChannelsRequest request) {
        throw notYet(request);
    }

    void tagResource(TagResourceRequest request) {
        throw notYet(request);
    }

    void untagResource(UntagResourceRequest request) {
        throw notYet(request);
    }

    UpdateChannelFlowResponse updateChannelFlow(UpdateChannelFlowRequest request) {
        throw notYet(request);
    }

    UpdateChannelReadMarkerResponse updateChannelReadMarker(UpdateChannelReadMarkerRequest request) {
        throw notYet(request);
    }

    CreateAppInstanceBotResponse createAppInstanceBot(CreateAppInstanceBotRequest request) {
        throw notYet(request);
    }

    void deleteAppInstanceBot(DeleteAppInstanceBotRequest request) {
        throw notYet(request);
    }

    void deregisterAppInstanceUserEndpoint(DeregisterAppInstanceUserEndpointRequest request) {
        throw notYet(request);
    }

    DescribeAppInstanceBotResponse describeAppInstanceBot(DescribeAppInstanceBotRequest request) {
        throw notYet(request);
    }

    DescribeAppInstanceUserEndpointResponse describeAppInstanceUserEndpoint(
            DescribeAppInstanceUserEndpointRequest request) {
        throw notYet(request);
    }

    GetAppInstanceRetentionSettingsResponse getAppInstanceRetentionSettings(
            GetAppInstanceRetentionSettingsRequest request) {
        throw notYet(request);
    }

    ListAppInstanceBotsResponse listAppInstanceBots(ListAppInstanceBotsRequest request) {
        throw notYet(request);
    }

    ListAppInstanceUserEndpointsResponse listAppInstanceUserEndpoints(ListAppInstanceUserEndpointsRequest request) {
        throw notYet(request);
    }

    bellframe.api.identity.ListTagsForResourceResponse listTagsForResource(
            bellframe.api.identity.ListTagsForResourceRequest request) {
        throw notYet(request);
    }

    PutAppInstanceRetentionSettingsResponse putAppInstanceRetentionSettings(
            PutAppInstanceRetentionSettingsRequest request) {
        throw notYet(request);
    }

    PutAppInstanceUserExpirationSettingsResponse putAppInstanceUserExpirationSettings(
            PutAppInstanceUserExpirationSettingsRequest request) {
        throw notYet(request);
    }

    RegisterAppInstanceUserEndpointResponse registerAppInstanceUserEndpoint(
            RegisterAppInstanceUserEndpointRequest request) {
        throw notYet(request);
    }

    void tagResource(bellframe.api.identity.TagResourceRequest request) {
        throw notYet(request);
    }

    void untagResource(bellframe.api.identity.UntagResourceRequest request) {
        throw notYet(request);
    }

    UpdateAppInstanceBotResponse updateAppInstanceBot(UpdateAppInstanceBotRequest request) {
        throw notYet(request);
    }

    UpdateAppInstanceUserEndpointResponse updateAppInstanceUserEndpoint(UpdateAppInstanceUserEndpointRequest request) {
        throw notYet(request);
    }

    private static Refused notYet(Record request) {
        String operation = request.getClass().getSimpleName().replace("Request", "");
        return new Refused(Refusal.NOT_IMPLEMENTED, "This server does not implement " + operation + " yet.");
    }
}
