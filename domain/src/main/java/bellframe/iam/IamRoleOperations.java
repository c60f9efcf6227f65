package bellframe.iam;

import bellframe.api.Call;
import bellframe.api.iam.CreateRoleRequest;
import bellframe.api.iam.CreateRoleResponse;
import bellframe.api.iam.DeleteRolePolicyRequest;
import bellframe.api.iam.DeleteRoleRequest;
import bellframe.api.iam.GetRolePolicyRequest;
import bellframe.api.iam.GetRolePolicyResponse;
import bellframe.api.iam.GetRoleRequest;
import bellframe.api.iam.GetRoleResponse;
import bellframe.api.iam.ListAttachedRolePoliciesRequest;
import bellframe.api.iam.ListAttachedRolePoliciesResponse;
import bellframe.api.iam.ListInstanceProfilesForRoleRequest;
import bellframe.api.iam.ListInstanceProfilesForRoleResponse;
import bellframe.api.iam.ListRolePoliciesRequest;
import bellframe.api.iam.ListRolePoliciesResponse;
import bellframe.api.iam.ListRoleTagsRequest;
import bellframe.api.iam.ListRoleTagsResponse;
import bellframe.api.iam.ListRolesRequest;
import bellframe.api.iam.ListRolesResponse;
import bellframe.api.iam.PutRolePolicyRequest;
import bellframe.api.iam.Role;
import bellframe.api.iam.TagRoleRequest;
import bellframe.api.iam.UntagRoleRequest;
import bellframe.api.iam.UpdateAssumeRolePolicyRequest;
import bellframe.api.iam.UpdateRoleRequest;
import bellframe.api.iam.UpdateRoleResponse;
import bellframe.credentials.NewKeys;
import bellframe.limits.Limit;
import bellframe.policy.PolicyDocument;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The operations on IAM roles, their policies and tags.
public final class IamRoleOperations {

    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);

    private final AuthorizedOperations authorized;
    private final IamArns arns;
    private final Entities<IamRole> roles;
    private final NewKeys newKeys;
    private final PageTokens markers;
    private final InstantSource clock;

    public IamRoleOperations(AuthorizedOperations authorized, IamArns arns, Entities<IamRole> roles, NewKeys newKeys,
            PageTokens markers, InstantSource clock) {
        this.authorized = authorized;
        this.arns = arns;
        this.roles = roles;
        this.newKeys = newKeys;
        this.markers = markers;
        this.clock = clock;
    }

    public CreateRoleResponse create(Call call, CreateRoleRequest request) {
        String path = IamShapes.path(request.path());
        String arn = arns.role(path, request.roleName());
        authorized.require(call, "iam:CreateRole", arn);
        IamUserOperations.refuseBoundary(request.permissionsBoundary());
        var attachments = new Attachments(IamShapes.tags(request.tags()), Map.of());
        IamShapes.requireRoom(attachments);
        var role = new IamRole(arn, request.roleName(), path, newKeys.id(NewKeys.IdKind.ROLE),
                Instant.ofEpochMilli(clock.millis()), request.description(), session(request.maxSessionDuration()),
                trust(request.assumeRolePolicyDocument()), attachments);
        roles.add(role);
        return new CreateRoleResponse(IamShapes.role(role, true));
    }

    public GetRoleResponse get(Call call, GetRoleRequest request) {
        return new GetRoleResponse(IamShapes.role(require(call, "iam:GetRole", request.roleName()), true));
    }

    public ListRolesResponse list(Call call, ListRolesRequest request) {
        authorized.require(call, "iam:ListRoles", arns.role("/", ""));
        String prefix = IamShapes.path(request.pathPrefix());
        String list = "ListRoles " + prefix;
        int items = IamShapes.pageItems(request.maxItems());
        Page<Role> page = roles.list(markers.open(list, request.marker()), items)
                .map(role -> role.path().startsWith(prefix) ? IamShapes.role(role, false) : null);
        String marker = markers.seal(list, page.next());
        return new ListRolesResponse(page.items(), marker != null, marker);
    }

    public UpdateRoleResponse update(Call call, UpdateRoleRequest request) {
        require(call, "iam:UpdateRole", request.roleName());
        roles.change(request.roleName(), role -> role.with(
                request.description() == null ? role.description() : request.description(),
                request.maxSessionDuration() == null ? role.maxSession() : session(request.maxSessionDuration())));
        return new UpdateRoleResponse();
    }

    public void updateTrust(Call call, UpdateAssumeRolePolicyRequest request) {
        require(call, "iam:UpdateAssumeRolePolicy", request.roleName());
        PolicyDocument trust = trust(request.policyDocument());
        roles.change(request.roleName(), role -> role.with(trust));
    }

    /// Ends every session of the role.
    public void delete(Call call, DeleteRoleRequest request) {
        require(call, "iam:DeleteRole", request.roleName());
        roles.remove(request.roleName(), role -> {
            if (!role.attachments().policies().isEmpty()) {
                throw new Refused(Refusal.DELETE_CONFLICT, "Cannot delete entity, must delete policies first.");
            }
        });
    }

    public void putPolicy(Call call, PutRolePolicyRequest request) {
        require(call, "iam:PutRolePolicy", request.roleName());
        PolicyDocument policy = PolicyDocument.parse(PolicyDocument.Kind.IDENTITY, request.policyDocument());
        change(request.roleName(), attachments -> {
            Attachments changed = attachments.withPolicy(request.policyName(), policy);
            Limit.ROLE_POLICIES_CHARACTERS.requireAtMost(changed.policyCharacters(), "RolePolicySize");
            return changed;
        });
    }

    public GetRolePolicyResponse getPolicy(Call call, GetRolePolicyRequest request) {
        IamRole role = require(call, "iam:GetRolePolicy", request.roleName());
        PolicyDocument policy = role.attachments().requirePolicy(request.policyName());
        return new GetRolePolicyResponse(role.name(), request.policyName(), IamShapes.document(policy));
    }

    public ListRolePoliciesResponse listPolicies(Call call, ListRolePoliciesRequest request) {
        IamRole role = require(call, "iam:ListRolePolicies", request.roleName());
        String list = "ListRolePolicies " + role.id();
        var page = IamShapes.page(role.attachments().policies(), markers, list, request.marker(), request.maxItems());
        String marker = markers.seal(list, page.next());
        return new ListRolePoliciesResponse(page.map(Map.Entry::getKey).items(), marker != null, marker);
    }

    public void deletePolicy(Call call, DeleteRolePolicyRequest request) {
        require(call, "iam:DeleteRolePolicy", request.roleName());
        change(request.roleName(), attachments -> attachments.withoutPolicy(request.policyName()));
    }

    public void tag(Call call, TagRoleRequest request) {
        require(call, "iam:TagRole", request.roleName());
        change(request.roleName(), attachments -> {
            Attachments changed = attachments.withTags(IamShapes.tags(request.tags()));
            IamShapes.requireRoom(changed);
            return changed;
        });
    }

    public void untag(Call call, UntagRoleRequest request) {
        require(call, "iam:UntagRole", request.roleName());
        change(request.roleName(), attachments -> attachments.withoutTags(request.tagKeys()));
    }

    public ListRoleTagsResponse listTags(Call call, ListRoleTagsRequest request) {
        IamRole role = require(call, "iam:ListRoleTags", request.roleName());
        return new ListRoleTagsResponse(IamShapes.tags(role.attachments().tags()), false, null);
    }

    /// There are no managed policies here, so none is attached.
    public ListAttachedRolePoliciesResponse listAttachedPolicies(Call call, ListAttachedRolePoliciesRequest request) {
        require(call, "iam:ListAttachedRolePolicies", request.roleName());
        return new ListAttachedRolePoliciesResponse(List.of(), false, null);
    }

    /// There are no machines here that a role could be given to.
    public ListInstanceProfilesForRoleResponse listInstanceProfiles(Call call,
            ListInstanceProfilesForRoleRequest request) {
        require(call, "iam:ListInstanceProfilesForRole", request.roleName());
        return new ListInstanceProfilesForRoleResponse(List.of(), false, null);
    }

    /// The role of this name, if the caller may do this to it; whether there is one only such a caller learns.
    private IamRole require(Call call, String action, String name) {
        IamRole role = roles.find(name);
        authorized.require(call, action, role == null ? arns.role("/", name) : role.arn());
        return roles.require(name);
    }

    private void change(String name, UnaryOperator<Attachments> change) {
        roles.change(name, role -> role.with(change.apply(role.attachments())));
    }

    private static PolicyDocument trust(String json) {
        PolicyDocument trust = PolicyDocument.parse(PolicyDocument.Kind.TRUST, json);
        Limit.TRUST_POLICY_CHARACTERS.requireAtMost(Attachments.characters(json), "ACLSizePerRole");
        return trust;
    }

    private static Duration session(@Nullable Integer seconds) {
        return seconds == null ? DEFAULT_SESSION : Duration.ofSeconds(seconds);
    }
}
