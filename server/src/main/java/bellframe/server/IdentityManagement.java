package bellframe.server;

import bellframe.api.Call;
import bellframe.api.identity.CreateAppInstanceAdminRequest;
import bellframe.api.identity.CreateAppInstanceAdminResponse;
import bellframe.api.identity.CreateAppInstanceBotRequest;
import bellframe.api.identity.CreateAppInstanceBotResponse;
import bellframe.api.identity.CreateAppInstanceRequest;
import bellframe.api.identity.CreateAppInstanceResponse;
import bellframe.api.identity.CreateAppInstanceUserRequest;
import bellframe.api.identity.CreateAppInstanceUserResponse;
import bellframe.api.identity.DeleteAppInstanceAdminRequest;
import bellframe.api.identity.DeleteAppInstanceBotRequest;
import bellframe.api.identity.DeleteAppInstanceRequest;
import bellframe.api.identity.DeleteAppInstanceUserRequest;
import bellframe.api.identity.DeregisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceAdminRequest;
import bellframe.api.identity.DescribeAppInstanceAdminResponse;
import bellframe.api.identity.DescribeAppInstanceBotRequest;
import bellframe.api.identity.DescribeAppInstanceBotResponse;
import bellframe.api.identity.DescribeAppInstanceRequest;
import bellframe.api.identity.DescribeAppInstanceResponse;
import bellframe.api.identity.DescribeAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceUserEndpointResponse;
import bellframe.api.identity.DescribeAppInstanceUserRequest;
import bellframe.api.identity.DescribeAppInstanceUserResponse;
import bellframe.api.identity.GetAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.GetAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.IdentityService;
import bellframe.api.identity.ListAppInstanceAdminsRequest;
import bellframe.api.identity.ListAppInstanceAdminsResponse;
import bellframe.api.identity.ListAppInstanceBotsRequest;
import bellframe.api.identity.ListAppInstanceBotsResponse;
import bellframe.api.identity.ListAppInstanceUserEndpointsRequest;
import bellframe.api.identity.ListAppInstanceUserEndpointsResponse;
import bellframe.api.identity.ListAppInstanceUsersRequest;
import bellframe.api.identity.ListAppInstanceUsersResponse;
import bellframe.api.identity.ListAppInstancesRequest;
import bellframe.api.identity.ListAppInstancesResponse;
import bellframe.api.identity.ListTagsForResourceRequest;
import bellframe.api.identity.ListTagsForResourceResponse;
import bellframe.api.identity.PutAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.PutAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsRequest;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsResponse;
import bellframe.api.identity.RegisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.RegisterAppInstanceUserEndpointResponse;
import bellframe.api.identity.TagResourceRequest;
import bellframe.api.identity.UntagResourceRequest;
import bellframe.api.identity.UpdateAppInstanceBotRequest;
import bellframe.api.identity.UpdateAppInstanceBotResponse;
import bellframe.api.identity.UpdateAppInstanceRequest;
import bellframe.api.identity.UpdateAppInstanceResponse;
import bellframe.api.identity.UpdateAppInstanceUserEndpointRequest;
import bellframe.api.identity.UpdateAppInstanceUserEndpointResponse;
import bellframe.api.identity.UpdateAppInstanceUserRequest;
import bellframe.api.identity.UpdateAppInstanceUserResponse;
import bellframe.identity.AppInstanceAdminOperations;
import bellframe.identity.AppInstanceBotOperations;
import bellframe.identity.AppInstanceOperations;
import bellframe.identity.AppInstanceUserOperations;
import bellframe.push.UserEndpointOperations;
import bellframe.tags.TagOperations;

/// The identity service: which part of the domain does which operation.
record IdentityManagement(
        AppInstanceOperations appInstances,
        AppInstanceUserOperations users,
        AppInstanceBotOperations bots,
        AppInstanceAdminOperations admins,
        UserEndpointOperations endpoints,
        TagOperations tags) implements IdentityService {

    @Override
    public CreateAppInstanceResponse createAppInstance(Call call, CreateAppInstanceRequest request) {
        return appInstances.create(call, request);
    }

    @Override
    public CreateAppInstanceAdminResponse createAppInstanceAdmin(Call call, CreateAppInstanceAdminRequest request) {
        return admins.create(request);
    }

    @Override
    public CreateAppInstanceBotResponse createAppInstanceBot(Call call, CreateAppInstanceBotRequest request) {
        return bots.create(call, request);
    }

    @Override
    public CreateAppInstanceUserResponse createAppInstanceUser(Call call, CreateAppInstanceUserRequest request) {
        return users.create(request);
    }

    @Override
    public void deleteAppInstance(Call call, DeleteAppInstanceRequest request) {
        appInstances.delete(request);
    }

    @Override
    public void deleteAppInstanceAdmin(Call call, DeleteAppInstanceAdminRequest request) {
        admins.delete(request);
    }

    @Override
    public void deleteAppInstanceBot(Call call, DeleteAppInstanceBotRequest request) {
        bots.delete(request);
    }

    @Override
    public void deleteAppInstanceUser(Call call, DeleteAppInstanceUserRequest request) {
        users.delete(request);
    }

    @Override
    public void deregisterAppInstanceUserEndpoint(Call call, DeregisterAppInstanceUserEndpointRequest request) {
        endpoints.deregister(request);
    }

    @Override
    public DescribeAppInstanceResponse describeAppInstance(Call call, DescribeAppInstanceRequest request) {
        return appInstances.describe(request);
    }

    @Override
    public DescribeAppInstanceAdminResponse describeAppInstanceAdmin(Call call,
            DescribeAppInstanceAdminRequest request) {
        return admins.describe(request);
    }

    @Override
    public DescribeAppInstanceBotResponse describeAppInstanceBot(Call call, DescribeAppInstanceBotRequest request) {
        return bots.describe(request);
    }

    @Override
    public DescribeAppInstanceUserResponse describeAppInstanceUser(Call call, DescribeAppInstanceUserRequest request) {
        return users.describe(request);
    }

    @Override
    public DescribeAppInstanceUserEndpointResponse describeAppInstanceUserEndpoint(Call call,
            DescribeAppInstanceUserEndpointRequest request) {
        return endpoints.describe(request);
    }

    @Override
    public GetAppInstanceRetentionSettingsResponse getAppInstanceRetentionSettings(Call call,
            GetAppInstanceRetentionSettingsRequest request) {
        return appInstances.getRetentionSettings(request);
    }

    @Override
    public ListAppInstanceAdminsResponse listAppInstanceAdmins(Call call, ListAppInstanceAdminsRequest request) {
        return admins.list(request);
    }

    @Override
    public ListAppInstanceBotsResponse listAppInstanceBots(Call call, ListAppInstanceBotsRequest request) {
        return bots.list(request);
    }

    @Override
    public ListAppInstanceUserEndpointsResponse listAppInstanceUserEndpoints(Call call,
            ListAppInstanceUserEndpointsRequest request) {
        return endpoints.list(request);
    }

    @Override
    public ListAppInstanceUsersResponse listAppInstanceUsers(Call call, ListAppInstanceUsersRequest request) {
        return users.list(request);
    }

    @Override
    public ListAppInstancesResponse listAppInstances(Call call, ListAppInstancesRequest request) {
        return appInstances.list(call, request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(Call call, ListTagsForResourceRequest request) {
        return tags.list(request);
    }

    @Override
    public PutAppInstanceRetentionSettingsResponse putAppInstanceRetentionSettings(Call call,
            PutAppInstanceRetentionSettingsRequest request) {
        return appInstances.putRetentionSettings(request);
    }

    @Override
    public PutAppInstanceUserExpirationSettingsResponse putAppInstanceUserExpirationSettings(Call call,
            PutAppInstanceUserExpirationSettingsRequest request) {
        return users.putExpirationSettings(request);
    }

    @Override
    public RegisterAppInstanceUserEndpointResponse registerAppInstanceUserEndpoint(Call call,
            RegisterAppInstanceUserEndpointRequest request) {
        return endpoints.register(call, request);
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
    public UpdateAppInstanceResponse updateAppInstance(Call call, UpdateAppInstanceRequest request) {
        return appInstances.update(request);
    }

    @Override
    public UpdateAppInstanceBotResponse updateAppInstanceBot(Call call, UpdateAppInstanceBotRequest request) {
        return bots.update(request);
    }

    @Override
    public UpdateAppInstanceUserResponse updateAppInstanceUser(Call call, UpdateAppInstanceUserRequest request) {
        return users.update(request);
    }

    @Override
    public UpdateAppInstanceUserEndpointResponse updateAppInstanceUserEndpoint(Call call,
            UpdateAppInstanceUserEndpointRequest request) {
        return endpoints.update(request);
    }
}
