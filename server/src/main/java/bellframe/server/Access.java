package bellframe.server;

import bellframe.api.iam.IamService;
import bellframe.api.sts.StsService;
import bellframe.credentials.AccessKey;
import bellframe.credentials.AccessKeys;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.credentials.UncheckedAuthenticator;
import bellframe.exchange.CredentialExchange;
import bellframe.exchange.ExchangeRules;
import bellframe.iam.AccessKeyOperations;
import bellframe.iam.AuthorizedOperations;
import bellframe.iam.Entities;
import bellframe.iam.IamArns;
import bellframe.iam.IamRoleOperations;
import bellframe.iam.IamUserOperations;
import bellframe.iam.IdentityProviderOperations;
import bellframe.iam.UserAccessKeys;
import bellframe.identity.AppInstanceUsers;
import bellframe.names.Account;
import bellframe.rows.PageTokens;
import bellframe.storage.Storage;
import bellframe.sts.AssumedRoles;
import bellframe.sts.IdentityTokens;
import bellframe.sts.KnownKeys;
import bellframe.sts.SessionKeys;
import bellframe.sts.StsOperations;
import bellframe.sts.WebIdentities;
import bellframe.tags.Tags;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Who may do what: the keys that requests are signed with, the principals they stand for, and their policies.
final class Access {

    private final UserAccessKeys userKeys;
    private final KnownKeys keys;
    private final Permissions permissions;
    private final UncheckedAuthenticator unchecked;
    private final AssumedRoles assumedRoles;
    private final IdentityTokens identityTokens;
    private final IamService iam;
    private final StsService sts;

    /// @param dev whether requests are believed that are signed with any key
    /// @param rootKey the root key as it is now
    Access(boolean dev, Account account, Storage storage, MasterKey masterKey, Supplier<AccessKey> rootKey, Tags tags,
            PageTokens pageTokens, WebIdentities webIdentities, InstantSource clock, SecureRandom random) {
        var arns = new IamArns(account);
        var newKeys = new NewKeys(random);
        var users = Entities.users(account, storage);
        var roles = Entities.roles(account, storage);
        var providers = Entities.identityProviders(account, storage);
        userKeys = new UserAccessKeys(account, users, storage, masterKey, newKeys, clock);
        keys = new KnownKeys(rootKey, userKeys, users, roles, masterKey, clock);
        permissions = new Permissions(tags, account.region(), clock);
        unchecked = new UncheckedAuthenticator(keys, Principal.root(account.rootArn()));
        var authorized = new AuthorizedOperations(dev ? unchecked.keys() : keys, permissions);
        assumedRoles = new AssumedRoles(roles, permissions, keys, newKeys, clock);
        identityTokens = new IdentityTokens(webIdentities, providers);
        iam = new AccessManagement(
                new IamUserOperations(authorized, arns, users, newKeys, pageTokens, clock),
                new AccessKeyOperations(authorized, arns, users, userKeys),
                new IamRoleOperations(authorized, arns, roles, newKeys, pageTokens, clock),
                new IdentityProviderOperations(authorized, arns, providers, clock));
        sts = new StsOperations(authorized, assumedRoles, identityTokens, new SessionKeys(keys, newKeys, clock));
    }

    AccessKeys keys() {
        return keys;
    }

    /// For development: who says to have signed a request.
    UncheckedAuthenticator unchecked() {
        return unchecked;
    }

    UserAccessKeys userKeys() {
        return userKeys;
    }

    Permissions permissions() {
        return permissions;
    }

    /// What tokens of identity providers are exchanged with.
    CredentialExchange exchange(ExchangeRules rules, AppInstanceUsers users) {
        return new CredentialExchange(rules, identityTokens, assumedRoles, users);
    }

    IamService iam() {
        return iam;
    }

    StsService sts() {
        return sts;
    }
}
