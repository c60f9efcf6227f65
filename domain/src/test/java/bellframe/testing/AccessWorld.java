package bellframe.testing;

import bellframe.api.Call;
import bellframe.api.iam.CreateOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateRoleRequest;
import bellframe.api.iam.CreateUserRequest;
import bellframe.api.iam.DeleteRolePolicyRequest;
import bellframe.api.iam.DeleteRoleRequest;
import bellframe.api.iam.PutRolePolicyRequest;
import bellframe.api.iam.PutUserPolicyRequest;
import bellframe.api.sts.GetSessionTokenRequest;
import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Origin;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.iam.AccessKeyOperations;
import bellframe.iam.AuthorizedOperations;
import bellframe.iam.Entities;
import bellframe.iam.EntityTags;
import bellframe.iam.IamArns;
import bellframe.iam.IamRole;
import bellframe.iam.IamRoleOperations;
import bellframe.iam.IamUser;
import bellframe.iam.IamUserOperations;
import bellframe.iam.IdentityProvider;
import bellframe.iam.IdentityProviderOperations;
import bellframe.iam.UserAccessKey;
import bellframe.iam.UserAccessKeys;
import bellframe.names.Account;
import bellframe.rows.PageTokens;
import bellframe.storage.Storage;
import bellframe.sts.AssumedRoles;
import bellframe.sts.IdentityTokens;
import bellframe.sts.KnownKeys;
import bellframe.sts.SessionKeys;
import bellframe.sts.StsOperations;
import bellframe.sts.TemporaryCredentials;
import bellframe.tags.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Users, roles, identity providers and all keys over one store, as `Access` puts them together.
public final class AccessWorld {

    public static final Account ACCOUNT = new Account("123456789012", "us-east-1");
    public static final Origin ORIGIN = new Origin("127.0.0.1", false, null);

    /// Trusts everybody of the account whom policies let.
    public static final String TRUST = trust("{\"AWS\":\"" + ACCOUNT.rootArn() + "\"}", "sts:AssumeRole",
            "sts:TagSession", "sts:SetSourceIdentity");

    public final AtomicReference<AccessKey> rootKey = new AtomicReference<>(
            new AccessKey("AKIAROOTROOTROOTROOT", "the secret of root", Principal.root(ACCOUNT.rootArn())));
    public final NewKeys newKeys = new NewKeys(new Random(42));
    public final IamArns arns = new IamArns(ACCOUNT);
    public final Entities<IamUser> users;
    public final Entities<IamRole> roles;
    public final Entities<IdentityProvider> providers;
    public final UserAccessKeys userKeys;
    public final KnownKeys keys;
    public final Permissions permissions;
    public final IamUserOperations userOperations;
    public final AccessKeyOperations keyOperations;
    public final IamRoleOperations roleOperations;
    public final IdentityProviderOperations providerOperations;
    public final AssumedRoles assumedRoles;
    public final TestIdentities identities = new TestIdentities();
    public final IdentityTokens identityTokens;
    public final StsOperations sts;

    public AccessWorld(Storage storage, TestClock clock) {
        this(storage, clock, masterKey(1, null));
    }

    public AccessWorld(Storage storage, TestClock clock, MasterKey masterKey) {
        var markers = new PageTokens(new byte[PageTokens.KEY_BYTES]);
        users = Entities.users(ACCOUNT, storage);
        roles = Entities.roles(ACCOUNT, storage);
        providers = Entities.identityProviders(ACCOUNT, storage);
        userKeys = new UserAccessKeys(ACCOUNT, users, storage, masterKey, newKeys, clock);
        keys = new KnownKeys(rootKey::get, userKeys, users, roles, masterKey, clock);
        permissions = new Permissions(
                new EntityTags(arns, users, roles, providers, new Tags(storage)::of), ACCOUNT.region(),
                clock);
        var authorized = new AuthorizedOperations(keys, permissions);
        userOperations = new IamUserOperations(authorized, arns, users, newKeys, markers, clock);
        keyOperations = new AccessKeyOperations(authorized, arns, users, userKeys);
        roleOperations = new IamRoleOperations(authorized, arns, roles, newKeys, markers, clock);
        providerOperations = new IdentityProviderOperations(authorized, arns, providers, clock);
        assumedRoles = new AssumedRoles(roles, permissions, keys, newKeys, clock);
        identityTokens = new IdentityTokens(identities, providers);
        sts = new StsOperations(authorized, assumedRoles, identityTokens, new SessionKeys(keys, newKeys, clock));
    }

    /// A master key of equal bytes.
    public static MasterKey masterKey(int filling, @Nullable MasterKey previous) {
        byte[] key = new byte[MasterKey.BYTES];
        Arrays.fill(key, (byte) filling);
        return new MasterKey(key, previous, new Random(filling));
    }

    public Call root() {
        return call(rootKey.get().id(), null);
    }

    public static Call by(UserAccessKey key) {
        return call(key.id(), null);
    }

    public static Call by(TemporaryCredentials credentials) {
        return call(credentials.accessKeyId(), credentials.sessionToken());
    }

    /// A call with credentials of GetSessionToken, which another call gets.
    public Call withinSession(Call call) {
        var given = Objects.requireNonNull(
                sts.getSessionToken(call, GetSessionTokenRequest.builder().build()).credentials());
        return call(given.accessKeyId(), given.sessionToken());
    }

    private static Call call(String keyId, @Nullable String token) {
        return new Call("request", "whoever", keyId, token, "localhost", "127.0.0.1", false, null);
    }

    /// Whom a call's key stands for at this moment; null for nobody.
    public @Nullable Principal caller(Call call) {
        AccessKey key = keys.find(Objects.requireNonNull(call.accessKeyId()), call.sessionToken());
        return key == null ? null : key.principal();
    }

    /// Creates a user with a policy and a key.
    public UserAccessKey user(String name, String policy) {
        userOperations.create(root(), CreateUserRequest.builder().userName(name).build());
        userOperations.putPolicy(root(), new PutUserPolicyRequest(name, "policy", policy));
        return userKeys.create(name);
    }

    /// Creates a role with a policy.
    public IamRole role(String name, String trust, String policy) {
        roleOperations.create(root(), CreateRoleRequest.builder()
                .roleName(name)
                .assumeRolePolicyDocument(trust)
                .maxSessionDuration(12 * 60 * 60)
                .build());
        roleOperations.putPolicy(root(), new PutRolePolicyRequest(name, "policy", policy));
        return roles.require(name);
    }

    public void deleteRole(String name) {
        roleOperations.deletePolicy(root(), new DeleteRolePolicyRequest(name, "policy"));
        roleOperations.delete(root(), new DeleteRoleRequest(name));
    }

    public String provider(String url, String clientId) {
        return Objects.requireNonNull(providerOperations.create(root(), CreateOpenIDConnectProviderRequest.builder()
                .url(url)
                .clientIDList(List.of(clientId))
                .build()).openIDConnectProviderArn());
    }

    /// A policy that allows one action, perhaps with wildcards, on one resource.
    public static String allow(String action, String resource) {
        return policy("Allow", action, resource);
    }

    public static String policy(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":" + statement(effect, action, resource) + "}";
    }

    /// A policy that allows everything but one action.
    public static String allowAllBut(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement("Allow", "*", "*") + ","
                + statement("Deny", action, "*") + "]}";
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    /// A trust policy.
    ///
    /// @param principal as JSON
    public static String trust(String principal, String... actions) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":[\"" + String.join("\",\"", actions) + "\"]}}";
    }
}
