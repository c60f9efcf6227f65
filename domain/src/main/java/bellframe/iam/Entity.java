package bellframe.iam;

import java.time.Instant;

/// Something that IAM keeps under a name.
public sealed interface Entity permits IamUser, IamRole, IdentityProvider {

    /// The name as it was given; a change of case makes no other name.
    String name();

    String arn();

    Instant created();
}
