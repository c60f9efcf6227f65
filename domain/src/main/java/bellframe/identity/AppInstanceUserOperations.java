package bellframe.identity;

import bellframe.api.identity.AppInstanceUserSummary;
import bellframe.api.identity.CreateAppInstanceUserRequest;
import bellframe.api.identity.CreateAppInstanceUserResponse;
import bellframe.api.identity.DeleteAppInstanceUserRequest;
import bellframe.api.identity.DescribeAppInstanceUserRequest;
import bellframe.api.identity.DescribeAppInstanceUserResponse;
import bellframe.api.identity.ListAppInstanceUsersRequest;
import bellframe.api.identity.ListAppInstanceUsersResponse;
import bellframe.api.identity.UpdateAppInstanceUserRequest;
import bellframe.api.identity.UpdateAppInstanceUserResponse;
import bellframe.limits.Limit;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;

/// The operations on app instance users.
public final class AppInstanceUserOperations {

    private final AppInstances appInstances;
    private final AppInstanceUsers users;
    private final PageTokens pageTokens;

    public AppInstanceUserOperations(AppInstances appInstances, AppInstanceUsers users, PageTokens pageTokens) {
        this.appInstances = appInstances;
        this.users = users;
        this.pageTokens = pageTokens;
    }

    public CreateAppInstanceUserResponse create(CreateAppInstanceUserRequest request) {
        if (request.expirationSettings() != null) {
            throw new Refused(Refusal.NOT_IMPLEMENTED, "ExpirationSettings: this server does not expire users yet.");
        }
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        AppInstanceUser user = users.create(appInstance.arn(), request.appInstanceUserId(), request.name(),
                request.metadata(), AppInstanceOperations.tags(request.tags()));
        return new CreateAppInstanceUserResponse(user.arn().toString());
    }

    public DescribeAppInstanceUserResponse describe(DescribeAppInstanceUserRequest request) {
        AppInstanceUser user = users.require(request.appInstanceUserArn());
        return new DescribeAppInstanceUserResponse(bellframe.api.identity.AppInstanceUser.builder()
                .appInstanceUserArn(user.arn().toString())
                .name(user.name())
                .metadata(user.metadata())
                .createdTimestamp(user.created())
                .lastUpdatedTimestamp(user.updated())
                .build());
    }

    public ListAppInstanceUsersResponse list(ListAppInstanceUsersRequest request) {
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        String list = "ListAppInstanceUsers " + appInstance.arn();
        Page<AppInstanceUserSummary> page = users
                .list(appInstance.arn(), pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(user -> new AppInstanceUserSummary(user.arn().toString(), user.name(), user.metadata()));
        return new ListAppInstanceUsersResponse(appInstance.arn().toString(), page.items(),
                pageTokens.seal(list, page.next()));
    }

    public UpdateAppInstanceUserResponse update(UpdateAppInstanceUserRequest request) {
        AppInstanceUser changed = users.update(request.appInstanceUserArn(), request.name(), request.metadata());
        return new UpdateAppInstanceUserResponse(changed.arn().toString());
    }

    public void delete(DeleteAppInstanceUserRequest request) {
        users.delete(request.appInstanceUserArn());
    }
}
