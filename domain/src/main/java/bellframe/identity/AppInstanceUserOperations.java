package bellframe.identity;

import bellframe.api.identity.AppInstanceUserSummary;
import bellframe.api.identity.CreateAppInstanceUserRequest;
import bellframe.api.identity.CreateAppInstanceUserResponse;
import bellframe.api.identity.DeleteAppInstanceUserRequest;
import bellframe.api.identity.DescribeAppInstanceUserRequest;
import bellframe.api.identity.DescribeAppInstanceUserResponse;
import bellframe.api.identity.ExpirationCriterion;
import bellframe.api.identity.ExpirationSettings;
import bellframe.api.identity.ListAppInstanceUsersRequest;
import bellframe.api.identity.ListAppInstanceUsersResponse;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsRequest;
import bellframe.api.identity.PutAppInstanceUserExpirationSettingsResponse;
import bellframe.api.identity.UpdateAppInstanceUserRequest;
import bellframe.api.identity.UpdateAppInstanceUserResponse;
import bellframe.expiration.Expiration;
import bellframe.limits.Limit;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import org.jspecify.annotations.Nullable;

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
        Limit.requireMetadata(request.metadata());
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        AppInstanceUser user = users.create(appInstance.arn(), request.appInstanceUserId(), request.name(),
                request.metadata(), expiration(request.expirationSettings()),
                AppInstanceOperations.tags(request.tags()));
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
                .expirationSettings(settings(user.expiration()))
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
        Limit.requireMetadata(request.metadata());
        AppInstanceUser changed = users.update(request.appInstanceUserArn(), request.name(), request.metadata());
        return new UpdateAppInstanceUserResponse(changed.arn().toString());
    }

    public PutAppInstanceUserExpirationSettingsResponse putExpirationSettings(
            PutAppInstanceUserExpirationSettingsRequest request) {
        AppInstanceUser user = users.expire(request.appInstanceUserArn(), expiration(request.expirationSettings()));
        return new PutAppInstanceUserExpirationSettingsResponse(user.arn().toString(), settings(user.expiration()));
    }

    public void delete(DeleteAppInstanceUserRequest request) {
        users.delete(request.appInstanceUserArn());
    }

    private static @Nullable Expiration expiration(@Nullable ExpirationSettings settings) {
        return settings == null
                ? null
                : new Expiration(settings.expirationDays(), switch (settings.expirationCriterion()) {
                    case CREATED_TIMESTAMP -> Expiration.Criterion.CREATED_TIMESTAMP;
                });
    }

    private static @Nullable ExpirationSettings settings(@Nullable Expiration expiration) {
        return expiration == null
                ? null
                : new ExpirationSettings(expiration.days(), ExpirationCriterion.CREATED_TIMESTAMP);
    }
}
