package bellframe.exchange;

import bellframe.names.AppInstanceArn;
import java.time.Duration;

/// What tokens are exchanged for.
///
/// @param issuer the URL of the one identity provider whose tokens are taken: two may give one subject to different people
/// @param roleArn the role that every user gets
/// @param appInstance where the users are
/// @param userIdClaim the claim that tells one user from another and never changes
/// @param duration how long the credentials are good
public record ExchangeRules(
        String issuer,
        String roleArn,
        AppInstanceArn appInstance,
        String userIdClaim,
        Duration duration) {
}
