package bellframe.identity;

import bellframe.api.identity.AppInstanceAdminSummary;
import bellframe.api.identity.CreateAppInstanceAdminRequest;
import bellframe.api.identity.CreateAppInstanceAdminResponse;
import bellframe.api.identity.DeleteAppInstanceAdminRequest;
import bellframe.api.identity.DescribeAppInstanceAdminRequest;
import bellframe.api.identity.DescribeAppInstanceAdminResponse;
import bellframe.api.identity.Identity;
import bellframe.api.identity.ListAppInstanceAdminsRequest;
import bellframe.api.identity.ListAppInstanceAdminsResponse;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;

/// The operations on the admins of app instances.
public final class AppInstanceAdminOperations {

    private final AppInstances appInstances;
    private final Actors actors;
    private final AppInstanceAdmins admins;
    private final PageTokens pageTokens;

    public AppInstanceAdminOperations(AppInstances appInstances, Actors actors, AppInstanceAdmins admins,
            PageTokens pageTokens) {
        this.appInstances = appInstances;
        this.actors = actors;
        this.admins = admins;
        this.pageTokens = pageTokens;
    }

    public CreateAppInstanceAdminResponse create(CreateAppInstanceAdminRequest request) {
        AppInstanceArn appInstance = appInstances.require(request.appInstanceArn()).arn();
        Actor admin = admins.create(appInstance, request.appInstanceAdminArn());
        return new CreateAppInstanceAdminResponse(identity(admin.arn()), appInstance.toString());
    }

    public DescribeAppInstanceAdminResponse describe(DescribeAppInstanceAdminRequest request) {
        AppInstanceAdmin admin = require(request.appInstanceArn(), request.appInstanceAdminArn());
        return new DescribeAppInstanceAdminResponse(bellframe.api.identity.AppInstanceAdmin.builder()
                .admin(identity(admin.arn()))
                .appInstanceArn(admin.arn().appInstance().toString())
                .createdTimestamp(admin.created())
                .build());
    }

    public ListAppInstanceAdminsResponse list(ListAppInstanceAdminsRequest request) {
        AppInstanceArn appInstance = appInstances.require(request.appInstanceArn()).arn();
        String list = "ListAppInstanceAdmins " + appInstance;
        Page<AppInstanceAdminSummary> page = admins
                .list(appInstance, pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(admin -> new AppInstanceAdminSummary(identity(admin.arn())));
        return new ListAppInstanceAdminsResponse(appInstance.toString(), page.items(),
                pageTokens.seal(list, page.next()));
    }

    public void delete(DeleteAppInstanceAdminRequest request) {
        admins.delete(require(request.appInstanceArn(), request.appInstanceAdminArn()).arn());
    }

    private AppInstanceAdmin require(String appInstanceArn, String adminArn) {
        return admins.require(appInstances.require(appInstanceArn).arn(), adminArn);
    }

    private Identity identity(UserArn arn) {
        bellframe.names.Identity identity = actors.identity(arn);
        return new Identity(identity.arn(), identity.name());
    }
}
