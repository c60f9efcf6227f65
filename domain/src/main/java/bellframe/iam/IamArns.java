package bellframe.iam;

import bellframe.names.Account;
import java.util.Optional;

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
    Optional<String> identityProviderName(String arn) {
        String providers = identityProvider("");
        return arn.startsWith(providers) ? Optional.of(arn.substring(providers.length())) : Optional.empty();
    }

    /// The name of a user or role that may have this ARN: what is behind its path.
    public static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
