package bellframe.server;

import bellframe.api.Call;
import bellframe.api.iam.AddClientIDToOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateAccessKeyRequest;
import bellframe.api.iam.CreateAccessKeyResponse;
import bellframe.api.iam.CreateOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateOpenIDConnectProviderResponse;
import bellframe.api.iam.CreateRoleRequest;
import bellframe.api.iam.CreateRoleResponse;
import bellframe.api.iam.CreateUserRequest;
import bellframe.api.iam.CreateUserResponse;
import bellframe.api.iam.DeleteAccessKeyRequest;
import bellframe.api.iam.DeleteOpenIDConnectProviderRequest;
import bellframe.api.iam.DeleteRolePolicyRequest;
import bellframe.api.iam.DeleteRoleRequest;
import bellframe.api.iam.DeleteUserPolicyRequest;
import bellframe.api.iam.DeleteUserRequest;
import bellframe.api.iam.GetOpenIDConnectProviderRequest;
import bellframe.api.iam.GetOpenIDConnectProviderResponse;
import bellframe.api.iam.GetRolePolicyRequest;
import bellframe.api.iam.GetRolePolicyResponse;
import bellframe.api.iam.GetRoleRequest;
import bellframe.api.iam.GetRoleResponse;
import bellframe.api.iam.GetUserPolicyRequest;
import bellframe.api.iam.GetUserPolicyResponse;
import bellframe.api.iam.GetUserRequest;
import bellframe.api.iam.GetUserResponse;
import bellframe.api.iam.IamService;
import bellframe.api.iam.ListAccessKeysRequest;
import bellframe.api.iam.ListAccessKeysResponse;
import bellframe.api.iam.ListAttachedRolePoliciesRequest;
import bellframe.api.iam.ListAttachedRolePoliciesResponse;
import bellframe.api.iam.ListAttachedUserPoliciesRequest;
import bellframe.api.iam.ListAttachedUserPoliciesResponse;
import bellframe.api.iam.ListGroupsForUserRequest;
import bellframe.api.iam.ListGroupsForUserResponse;
import bellframe.api.iam.ListInstanceProfilesForRoleRequest;
import bellframe.api.iam.ListInstanceProfilesForRoleResponse;
import bellframe.api.iam.ListOpenIDConnectProviderTagsRequest;
import bellframe.api.iam.ListOpenIDConnectProviderTagsResponse;
import bellframe.api.iam.ListOpenIDConnectProvidersRequest;
import bellframe.api.iam.ListOpenIDConnectProvidersResponse;
import bellframe.api.iam.ListRolePoliciesRequest;
import bellframe.api.iam.ListRolePoliciesResponse;
import bellframe.api.iam.ListRoleTagsRequest;
import bellframe.api.iam.ListRoleTagsResponse;
import bellframe.api.iam.ListRolesRequest;
import bellframe.api.iam.ListRolesResponse;
import bellframe.api.iam.ListUserPoliciesRequest;
import bellframe.api.iam.ListUserPoliciesResponse;
import bellframe.api.iam.ListUserTagsRequest;
import bellframe.api.iam.ListUserTagsResponse;
import bellframe.api.iam.ListUsersRequest;
import bellframe.api.iam.ListUsersResponse;
import bellframe.api.iam.PutRolePolicyRequest;
import bellframe.api.iam.PutUserPolicyRequest;
import bellframe.api.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import bellframe.api.iam.TagOpenIDConnectProviderRequest;
import bellframe.api.iam.TagRoleRequest;
import bellframe.api.iam.TagUserRequest;
import bellframe.api.iam.UntagOpenIDConnectProviderRequest;
import bellframe.api.iam.UntagRoleRequest;
import bellframe.api.iam.UntagUserRequest;
import bellframe.api.iam.UpdateAccessKeyRequest;
import bellframe.api.iam.UpdateAssumeRolePolicyRequest;
import bellframe.api.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import bellframe.api.iam.UpdateRoleRequest;
import bellframe.api.iam.UpdateRoleResponse;
import bellframe.iam.AccessKeyOperations;
import bellframe.iam.IamRoleOperations;
import bellframe.iam.IamUserOperations;
import bellframe.iam.IdentityProviderOperations;

/// The operations of IAM, each done by the package it belongs to.
record AccessManagement(
        IamUserOperations users,
        AccessKeyOperations keys,
        IamRoleOperations roles,
        IdentityProviderOperations providers) implements IamService {

    @Override
    public CreateAccessKeyResponse createAccessKey(Call call, CreateAccessKeyRequest request) {
        return keys.create(call, request);
    }

    @Override
    public CreateOpenIDConnectProviderResponse createOpenIDConnectProvider(Call call,
            CreateOpenIDConnectProviderRequest request) {
        return providers.create(call, request);
    }

    @Override
    public CreateRoleResponse createRole(Call call, CreateRoleRequest request) {
        return roles.create(call, request);
    }

    @Override
    public CreateUserResponse createUser(Call call, CreateUserRequest request) {
        return users.create(call, request);
    }

    @Override
    public void deleteAccessKey(Call call, DeleteAccessKeyRequest request) {
        keys.delete(call, request);
    }

    @Override
    public void deleteOpenIDConnectProvider(Call call, DeleteOpenIDConnectProviderRequest request) {
        providers.delete(call, request);
    }

    @Override
    public void deleteRole(Call call, DeleteRoleRequest request) {
        roles.delete(call, request);
    }

    @Override
    public void deleteRolePolicy(Call call, DeleteRolePolicyRequest request) {
        roles.deletePolicy(call, request);
    }

    @Override
    public void deleteUser(Call call, DeleteUserRequest request) {
        users.delete(call, request);
    }

    @Override
    public void deleteUserPolicy(Call call, DeleteUserPolicyRequest request) {
        users.deletePolicy(call, request);
    }

    @Override
    public GetOpenIDConnectProviderResponse getOpenIDConnectProvider(Call call,
            GetOpenIDConnectProviderRequest request) {
        return providers.get(call, request);
    }

    @Override
    public GetRoleResponse getRole(Call call, GetRoleRequest request) {
        return roles.get(call, request);
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(Call call, GetRolePolicyRequest request) {
        return roles.getPolicy(call, request);
    }

    @Override
    public GetUserResponse getUser(Call call, GetUserRequest request) {
        return users.get(call, request);
    }

    @Override
    public GetUserPolicyResponse getUserPolicy(Call call, GetUserPolicyRequest request) {
        return users.getPolicy(call, request);
    }

    @Override
    public ListAccessKeysResponse listAccessKeys(Call call, ListAccessKeysRequest request) {
        return keys.list(call, request);
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(Call call,
            ListAttachedRolePoliciesRequest request) {
        return roles.listAttachedPolicies(call, request);
    }

    @Override
    public ListAttachedUserPoliciesResponse listAttachedUserPolicies(Call call,
            ListAttachedUserPoliciesRequest request) {
        return users.listAttachedPolicies(call, request);
    }

    @Override
    public ListGroupsForUserResponse listGroupsForUser(Call call, ListGroupsForUserRequest request) {
        return users.listGroups(call, request);
    }

    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(Call call,
            ListInstanceProfilesForRoleRequest request) {
        return roles.listInstanceProfiles(call, request);
    }

    @Override
    public ListOpenIDConnectProvidersResponse listOpenIDConnectProviders(Call call,
            ListOpenIDConnectProvidersRequest request) {
        return providers.list(call, request);
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(Call call, ListRolePoliciesRequest request) {
        return roles.listPolicies(call, request);
    }

    @Override
    public ListRoleTagsResponse listRoleTags(Call call, ListRoleTagsRequest request) {
        return roles.listTags(call, request);
    }

    @Override
    public ListRolesResponse listRoles(Call call, ListRolesRequest request) {
        return roles.list(call, request);
    }

    @Override
    public ListUserPoliciesResponse listUserPolicies(Call call, ListUserPoliciesRequest request) {
        return users.listPolicies(call, request);
    }

    @Override
    public ListUserTagsResponse listUserTags(Call call, ListUserTagsRequest request) {
        return users.listTags(call, request);
    }

    @Override
    public ListUsersResponse listUsers(Call call, ListUsersRequest request) {
        return users.list(call, request);
    }

    @Override
    public void putRolePolicy(Call call, PutRolePolicyRequest request) {
        roles.putPolicy(call, request);
    }

    @Override
    public void putUserPolicy(Call call, PutUserPolicyRequest request) {
        users.putPolicy(call, request);
    }

    @Override
    public void tagRole(Call call, TagRoleRequest request) {
        roles.tag(call, request);
    }

    @Override
    public void tagUser(Call call, TagUserRequest request) {
        users.tag(call, request);
    }

    @Override
    public void untagRole(Call call, UntagRoleRequest request) {
        roles.untag(call, request);
    }

    @Override
    public void untagUser(Call call, UntagUserRequest request) {
        users.untag(call, request);
    }

    @Override
    public void updateAccessKey(Call call, UpdateAccessKeyRequest request) {
        keys.update(call, request);
    }

    @Override
    public void updateAssumeRolePolicy(Call call, UpdateAssumeRolePolicyRequest request) {
        roles.updateTrust(call, request);
    }

    @Override
    public UpdateRoleResponse updateRole(Call call, UpdateRoleRequest request) {
        return roles.update(call, request);
    }

    @Override
    public void addClientIDToOpenIDConnectProvider(Call call, AddClientIDToOpenIDConnectProviderRequest request) {
        providers.addClientId(call, request);
    }

    @Override
    public void removeClientIDFromOpenIDConnectProvider(Call call,
            RemoveClientIDFromOpenIDConnectProviderRequest request) {
        providers.removeClientId(call, request);
    }

    @Override
    public void updateOpenIDConnectProviderThumbprint(Call call, UpdateOpenIDConnectProviderThumbprintRequest request) {
        providers.updateThumbprint(call, request);
    }

    @Override
    public void tagOpenIDConnectProvider(Call call, TagOpenIDConnectProviderRequest request) {
        providers.tag(call, request);
    }

    @Override
    public void untagOpenIDConnectProvider(Call call, UntagOpenIDConnectProviderRequest request) {
        providers.untag(call, request);
    }

    @Override
    public ListOpenIDConnectProviderTagsResponse listOpenIDConnectProviderTags(Call call,
            ListOpenIDConnectProviderTagsRequest request) {
        return providers.listTags(call, request);
    }
}
