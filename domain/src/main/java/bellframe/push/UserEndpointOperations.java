package bellframe.push;

import bellframe.api.Call;
import bellframe.api.identity.AllowMessages;
import bellframe.api.identity.AppInstanceUserEndpoint;
import bellframe.api.identity.AppInstanceUserEndpointSummary;
import bellframe.api.identity.AppInstanceUserEndpointType;
import bellframe.api.identity.DeregisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceUserEndpointRequest;
import bellframe.api.identity.DescribeAppInstanceUserEndpointResponse;
import bellframe.api.identity.EndpointAttributes;
import bellframe.api.identity.EndpointState;
import bellframe.api.identity.EndpointStatus;
import bellframe.api.identity.EndpointStatusReason;
import bellframe.api.identity.ListAppInstanceUserEndpointsRequest;
import bellframe.api.identity.ListAppInstanceUserEndpointsResponse;
import bellframe.api.identity.RegisterAppInstanceUserEndpointRequest;
import bellframe.api.identity.RegisterAppInstanceUserEndpointResponse;
import bellframe.api.identity.UpdateAppInstanceUserEndpointRequest;
import bellframe.api.identity.UpdateAppInstanceUserEndpointResponse;
import bellframe.identity.AppInstanceUsers;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The operations on the endpoints of users.
public final class UserEndpointOperations {

    private final AppInstanceUsers users;
    private final UserEndpoints endpoints;
    private final @Nullable PushServices services;
    private final PageTokens pageTokens;

    /// @param services null if no devices are reached
    public UserEndpointOperations(AppInstanceUsers users, UserEndpoints endpoints, @Nullable PushServices services,
            PageTokens pageTokens) {
        this.users = users;
        this.endpoints = endpoints;
        this.services = services;
        this.pageTokens = pageTokens;
    }

    public RegisterAppInstanceUserEndpointResponse register(Call call, RegisterAppInstanceUserEndpointRequest request) {
        UserArn user = users.require(request.appInstanceUserArn()).arn();
        UserEndpoint.Type type = type(request.type());
        EndpointAttributes attributes = request.endpointAttributes();
        if (type == UserEndpoint.Type.GCM && attributes.voipDeviceToken() != null) {
            throw new Refused(Refusal.INVALID_INPUT, "VoipDeviceToken: goes with APNS and APNS_SANDBOX only");
        }
        Boolean allowed = allowed(request.allowMessages());
        var wanted = new UserEndpoint(user, "", request.name(), type, request.resourceArn(), attributes.deviceToken(),
                attributes.voipDeviceToken(), allowed == null || allowed, UserEndpoint.State.ACTIVE, Instant.EPOCH,
                Instant.EPOCH);
        UserEndpoint endpoint = endpoints.register(wanted, call.principalArn(), request.clientRequestToken());
        return new RegisterAppInstanceUserEndpointResponse(user.toString(), endpoint.id());
    }

    public DescribeAppInstanceUserEndpointResponse describe(DescribeAppInstanceUserEndpointRequest request) {
        UserArn user = users.require(request.appInstanceUserArn()).arn();
        UserEndpoint endpoint = endpoints.require(user, request.endpointId());
        return new DescribeAppInstanceUserEndpointResponse(AppInstanceUserEndpoint.builder()
                .appInstanceUserArn(user.toString())
                .endpointId(endpoint.id())
                .name(endpoint.name())
                .type(AppInstanceUserEndpointType.valueOf(endpoint.type().name()))
                .resourceArn(endpoint.resourceArn())
                .endpointAttributes(new EndpointAttributes(endpoint.deviceToken(), endpoint.voipDeviceToken()))
                .createdTimestamp(endpoint.created())
                .lastUpdatedTimestamp(endpoint.updated())
                .allowMessages(shape(endpoint.allowed()))
                .endpointState(shape(state(endpoint)))
                .build());
    }

    public ListAppInstanceUserEndpointsResponse list(ListAppInstanceUserEndpointsRequest request) {
        UserArn user = users.require(request.appInstanceUserArn()).arn();
        String list = "ListAppInstanceUserEndpoints " + user;
        Page<AppInstanceUserEndpointSummary> page = endpoints
                .list(user, pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(endpoint -> AppInstanceUserEndpointSummary.builder()
                        .appInstanceUserArn(user.toString())
                        .endpointId(endpoint.id())
                        .name(endpoint.name())
                        .type(AppInstanceUserEndpointType.valueOf(endpoint.type().name()))
                        .allowMessages(shape(endpoint.allowed()))
                        .endpointState(shape(state(endpoint)))
                        .build());
        return new ListAppInstanceUserEndpointsResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public UpdateAppInstanceUserEndpointResponse update(UpdateAppInstanceUserEndpointRequest request) {
        UserArn user = users.require(request.appInstanceUserArn()).arn();
        UserEndpoint changed = endpoints.update(user, request.endpointId(), request.name(),
                allowed(request.allowMessages()));
        return new UpdateAppInstanceUserEndpointResponse(user.toString(), changed.id());
    }

    public void deregister(DeregisterAppInstanceUserEndpointRequest request) {
        endpoints.remove(users.require(request.appInstanceUserArn()).arn(), request.endpointId());
    }

    /// Which apps are configured may change with any start, so that what comes of it is stored nowhere. Where none is, nobody
    /// expects anything to be pushed.
    private UserEndpoint.State state(UserEndpoint endpoint) {
        return endpoint.state() == UserEndpoint.State.ACTIVE && services != null
                && !services.serves(endpoint.resourceArn(), endpoint.type())
                        ? UserEndpoint.State.INVALID_PINPOINT_ARN
                        : endpoint.state();
    }

    private static UserEndpoint.Type type(AppInstanceUserEndpointType type) {
        return switch (type) {
            case APNS -> UserEndpoint.Type.APNS;
            case APNS_SANDBOX -> UserEndpoint.Type.APNS_SANDBOX;
            case GCM -> UserEndpoint.Type.GCM;
        };
    }

    private static @Nullable Boolean allowed(@Nullable AllowMessages allow) {
        return allow == null ? null : switch (allow) {
            case ALL -> true;
            case NONE -> false;
        };
    }

    private static AllowMessages shape(boolean allowed) {
        return allowed ? AllowMessages.ALL : AllowMessages.NONE;
    }

    private static EndpointState shape(UserEndpoint.State state) {
        return switch (state) {
            case ACTIVE -> new EndpointState(EndpointStatus.ACTIVE, null);
            case INVALID_DEVICE_TOKEN ->
                new EndpointState(EndpointStatus.INACTIVE, EndpointStatusReason.INVALID_DEVICE_TOKEN);
            case INVALID_PINPOINT_ARN ->
                new EndpointState(EndpointStatus.INACTIVE, EndpointStatusReason.INVALID_PINPOINT_ARN);
        };
    }
}
