package bellframe.credentials;

import bellframe.names.Account;
import bellframe.policy.PolicyDocument;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Whoever signs requests, as policies see it at this moment.
///
/// @param arn `arn:aws:iam::<account>:user/<name>`, or of an assumed role `arn:aws:sts::<account>:assumed-role/<role>/<session>`
/// @param policyArn what `aws:PrincipalArn` is: the ARN, but of an assumed role the role's
/// @param id what `aws:userid` is: a unique id that is never given again, of an assumed role followed by a colon and the
///        session's name
/// @param userName of an IAM user
/// @param tags of the user or the role, and of the session, which come first; keys may be asked for in any case
/// @param policies of which one must allow a request; the root principal needs none
/// @param session if the credentials are temporary ones
public record Principal(
        Kind kind,
        String arn,
        String policyArn,
        String id,
        @Nullable String userName,
        NavigableMap<String, String> tags,
        Collection<PolicyDocument> policies,
        @Nullable SessionFacts session) {

    /// What a principal can be, with its name in `aws:PrincipalType`.
    public enum Kind {
        ROOT("Account"),
        USER("User"),
        ASSUMED_ROLE("AssumedRole");

        private final String policyName;

        Kind(String policyName) {
            this.policyName = policyName;
        }

        String policyName() {
            return policyName;
        }
    }

    /// The principal of the account's root key, which may do everything.
    ///
    /// @param arn `arn:aws:iam::<account>:root`
    public static Principal root(String arn) {
        return new Principal(Kind.ROOT, arn, arn, Account.idIn(arn), null, Collections.emptyNavigableMap(), List.of(),
                null);
    }

    public String account() {
        return Account.idIn(arn);
    }

    /// The same principal by temporary credentials.
    public Principal within(SessionFacts facts) {
        return new Principal(kind, arn, policyArn, id, userName, tags, policies, facts);
    }
}
