package bellframe.credentials;

import bellframe.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is true of temporary credentials beyond the principal they stand for.
///
/// @param name the session's name; null for credentials of GetSessionToken
/// @param policy cuts down what the principal's own policies allow; null for all of it
/// @param transitiveTagKeys keys of tags that go on to a role which these credentials assume
/// @param provider the ARN of the identity provider whose token was taken; null for none
/// @param sourceIdentity who is behind the session, once said and never changed; null if nobody said
public record SessionFacts(
        @Nullable String name,
        Instant issued,
        Instant expires,
        @Nullable PolicyDocument policy,
        List<String> transitiveTagKeys,
        @Nullable String provider,
        @Nullable String sourceIdentity) {
}
