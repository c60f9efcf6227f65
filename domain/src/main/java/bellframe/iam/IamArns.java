package bellframe.iam;

import bellframe.names.Account;

/// The ARNs of what IAM keeps.
public final class IamArns {

    private final String prefix;

    public IamArns(Account account) {
        this.prefix = "arn:aws:iam::" + account.id() + ":";
    }

    /// @param path `/`, or begins and ends with one
    String user(String path, String name) {
        return prefix + "user" + path + name;
    }

    /// @param path `/`, or begins and ends with one
    String role(String path, String name) {
        return prefix + "role" + path + name;
    }

    /// @param name the provider's URL without its scheme
    String identityProvider(String name) {
        return prefix + "oidc-provider/" + name;
    }

    /// The name of a provider that has this ARN, if it is one.
    String identityProviderName(String arn) {
        String providers = identityProvider("");
        return arn.startsWith(providers) ? arn.substring(providers.length()) : arn;
    }

    /// The name of a role of this account that may have this ARN: what is behind its path.
    public static String roleName(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
