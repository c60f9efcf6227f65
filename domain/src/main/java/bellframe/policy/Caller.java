package bellframe.policy;

import java.util.List;

/// Who wants to assume a role, by the names that a Principal element may have for it.
public sealed interface Caller {

    /// Somebody who signs with an access key of an account.
    ///
    /// @param account 12 digits
    /// @param arns the ARN of the user; for a session, its own ARN and that of its role; none for the root of the account
    record Signer(String account, List<String> arns) implements Caller {
    }

    /// Somebody who shows a token of an OIDC provider.
    record Federated(String providerArn) implements Caller {
    }
}
