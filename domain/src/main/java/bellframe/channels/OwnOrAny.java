package bellframe.channels;

import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.Bearer;
import bellframe.names.UserArn;
import org.jspecify.annotations.Nullable;

/// Whose channels an operation is about: the bearer's own, or, for admins, anybody's.
record OwnOrAny(Actors actors, AppInstanceAdmins admins) {

    /// @param userArn null for the bearer
    /// @throws bellframe.refusals.Refused with [bellframe.refusals.Refusal#NOT_ALLOWED] if the bearer is no admin and names
    ///         somebody else
    UserArn user(Bearer bearer, @Nullable String userArn) {
        if (userArn == null || userArn.equals(bearer.toString())) {
            return bearer.arn();
        }
        Standing.require(admins.isAdmin(bearer.arn()));
        return actors.named(userArn, bearer.arn().appInstance()).arn();
    }
}
