package bellframe.iam;

import bellframe.api.Call;
import bellframe.api.iam.CreateUserRequest;
import bellframe.api.iam.CreateUserResponse;
import bellframe.api.iam.DeleteUserPolicyRequest;
import bellframe.api.iam.DeleteUserRequest;
import bellframe.api.iam.GetUserPolicyRequest;
import bellframe.api.iam.GetUserPolicyResponse;
import bellframe.api.iam.GetUserRequest;
import bellframe.api.iam.GetUserResponse;
import bellframe.api.iam.ListAttachedUserPoliciesRequest;
import bellframe.api.iam.ListAttachedUserPoliciesResponse;
import bellframe.api.iam.ListGroupsForUserRequest;
import bellframe.api.iam.ListGroupsForUserResponse;
import bellframe.api.iam.ListUserPoliciesRequest;
import bellframe.api.iam.ListUserPoliciesResponse;
import bellframe.api.iam.ListUserTagsRequest;
import bellframe.api.iam.ListUserTagsResponse;
import bellframe.api.iam.ListUsersRequest;
import bellframe.api.iam.ListUsersResponse;
import bellframe.api.iam.PutUserPolicyRequest;
import bellframe.api.iam.TagUserRequest;
import bellframe.api.iam.UntagUserRequest;
import bellframe.api.iam.User;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Principal;
import bellframe.limits.Limit;
import bellframe.policy.PolicyDocument;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The operations on IAM users, their policies and tags.
public final class IamUserOperations {

    private final AuthorizedOperations authorized;
    private final IamArns arns;
    private final Entities<IamUser> users;
    private final NewKeys newKeys;
    private final PageTokens markers;
    private final InstantSource clock;

    public IamUserOperations(AuthorizedOperations authorized, IamArns arns, Entities<IamUser> users, NewKeys newKeys,
            PageTokens markers, InstantSource clock) {
        this.authorized = authorized;
        this.arns = arns;
        this.users = users;
        this.newKeys = newKeys;
        this.markers = markers;
        this.clock = clock;
    }

    public CreateUserResponse create(Call call, CreateUserRequest request) {
        String path = IamShapes.path(request.path());
        String arn = arns.user(path, request.userName());
        authorized.require(call, "iam:CreateUser", arn);
        refuseBoundary(request.permissionsBoundary());
        var attachments = new Attachments(IamShapes.tags(request.tags()), Map.of());
        IamShapes.requireRoom(attachments);
        var user = new IamUser(arn, request.userName(), path, newKeys.id(NewKeys.IdKind.USER),
                Instant.ofEpochMilli(clock.millis()), attachments, List.of());
        users.add(user);
        return new CreateUserResponse(IamShapes.user(user, true));
    }

    /// Without a name, the caller.
    public GetUserResponse get(Call call, GetUserRequest request) {
        String name = request.userName() == null ? authorized.caller(call).userName() : request.userName();
        if (name == null) {
            return new GetUserResponse(root(call));
        }
        return new GetUserResponse(IamShapes.user(require(call, "iam:GetUser", name), true));
    }

    private User root(Call call) {
        Principal caller = authorized.caller(call);
        if (caller.kind() != Principal.Kind.ROOT) {
            throw new Refused(Refusal.INVALID_INPUT, "Must specify userName when calling with non-User credentials");
        }
        authorized.require(call, "iam:GetUser", caller.arn());
        return User.builder()
                .path("/")
                .userName("root")
                .userId(caller.id())
                .arn(caller.arn())
                .createDate(Instant.EPOCH)
                .build();
    }

    public ListUsersResponse list(Call call, ListUsersRequest request) {
        authorized.require(call, "iam:ListUsers", arns.user("/", ""));
        String prefix = IamShapes.path(request.pathPrefix());
        String list = "ListUsers " + prefix;
        int items = IamShapes.pageItems(request.maxItems());
        Page<User> page = users.list(markers.open(list, request.marker()), items)
                .map(user -> user.path().startsWith(prefix) ? IamShapes.user(user, false) : null);
        String marker = markers.seal(list, page.next());
        return new ListUsersResponse(page.items(), marker != null, marker);
    }

    public void delete(Call call, DeleteUserRequest request) {
        require(call, "iam:DeleteUser", request.userName());
        users.remove(request.userName(), user -> {
            if (!user.accessKeyIds().isEmpty() || !user.attachments().policies().isEmpty()) {
                throw new Refused(Refusal.DELETE_CONFLICT,
                        "Cannot delete entity, must delete access keys and policies first.");
            }
        });
    }

    public void putPolicy(Call call, PutUserPolicyRequest request) {
        require(call, "iam:PutUserPolicy", request.userName());
        PolicyDocument policy = PolicyDocument.parse(PolicyDocument.Kind.IDENTITY, request.policyDocument());
        change(request.userName(), attachments -> {
            Attachments changed = attachments.withPolicy(request.policyName(), policy);
            Limit.USER_POLICIES_CHARACTERS.requireAtMost(changed.policyCharacters(), "UserPolicySize");
            return changed;
        });
    }

    public GetUserPolicyResponse getPolicy(Call call, GetUserPolicyRequest request) {
        IamUser user = require(call, "iam:GetUserPolicy", request.userName());
        PolicyDocument policy = user.attachments().requirePolicy(request.policyName());
        return new GetUserPolicyResponse(user.name(), request.policyName(), IamShapes.document(policy));
    }

    public ListUserPoliciesResponse listPolicies(Call call, ListUserPoliciesRequest request) {
        IamUser user = require(call, "iam:ListUserPolicies", request.userName());
        String list = "ListUserPolicies " + user.id();
        var page = IamShapes.page(user.attachments().policies(), markers, list, request.marker(), request.maxItems());
        String marker = markers.seal(list, page.next());
        return new ListUserPoliciesResponse(page.map(Map.Entry::getKey).items(), marker != null, marker);
    }

    public void deletePolicy(Call call, DeleteUserPolicyRequest request) {
        require(call, "iam:DeleteUserPolicy", request.userName());
        change(request.userName(), attachments -> attachments.withoutPolicy(request.policyName()));
    }

    public void tag(Call call, TagUserRequest request) {
        require(call, "iam:TagUser", request.userName());
        change(request.userName(), attachments -> {
            Attachments changed = attachments.withTags(IamShapes.tags(request.tags()));
            IamShapes.requireRoom(changed);
            return changed;
        });
    }

    public void untag(Call call, UntagUserRequest request) {
        require(call, "iam:UntagUser", request.userName());
        change(request.userName(), attachments -> attachments.withoutTags(request.tagKeys()));
    }

    public ListUserTagsResponse listTags(Call call, ListUserTagsRequest request) {
        IamUser user = require(call, "iam:ListUserTags", request.userName());
        return new ListUserTagsResponse(IamShapes.tags(user.attachments().tags()), false, null);
    }

    /// There are no managed policies here, so none is attached.
    public ListAttachedUserPoliciesResponse listAttachedPolicies(Call call, ListAttachedUserPoliciesRequest request) {
        require(call, "iam:ListAttachedUserPolicies", request.userName());
        return new ListAttachedUserPoliciesResponse(List.of(), false, null);
    }

    /// There are no groups here.
    public ListGroupsForUserResponse listGroups(Call call, ListGroupsForUserRequest request) {
        require(call, "iam:ListGroupsForUser", request.userName());
        return new ListGroupsForUserResponse(List.of(), false, null);
    }

    /// The user of this name, if the caller may do this to it; whether there is one only such a caller learns.
    private IamUser require(Call call, String action, String name) {
        IamUser user = users.find(name);
        authorized.require(call, action, user == null ? arns.user("/", name) : user.arn());
        return users.require(name);
    }

    private void change(String name, UnaryOperator<Attachments> change) {
        users.change(name, user -> user.with(change.apply(user.attachments())));
    }

    static void refuseBoundary(@Nullable String permissionsBoundary) {
        if (permissionsBoundary != null) {
            throw new Refused(Refusal.INVALID_INPUT, "PermissionsBoundary: permissions boundaries are not supported");
        }
    }
}
