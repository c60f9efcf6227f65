package bellframe.sts;

import bellframe.credentials.AccessKey;
import bellframe.credentials.AccessKeys;
import bellframe.credentials.MasterKey;
import bellframe.credentials.Principal;
import bellframe.iam.Entities;
import bellframe.iam.IamRole;
import bellframe.iam.IamUser;
import bellframe.iam.UserAccessKeys;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every key that requests may be signed with: the root key, those of users, and temporary ones, each as it is at this
/// moment, so that changes of keys, policies, users and roles count from the next request on.
public final class KnownKeys implements AccessKeys {

    private final Supplier<AccessKey> rootKey;
    private final UserAccessKeys userKeys;
    private final Entities<IamUser> users;
    private final Entities<IamRole> roles;
    private final SessionTokens tokens;
    private final InstantSource clock;

    /// @param rootKey the root key as it is now
    public KnownKeys(Supplier<AccessKey> rootKey, UserAccessKeys userKeys, Entities<IamUser> users,
            Entities<IamRole> roles, MasterKey masterKey, InstantSource clock) {
        this.rootKey = rootKey;
        this.userKeys = userKeys;
        this.users = users;
        this.roles = roles;
        this.tokens = new SessionTokens(masterKey);
        this.clock = clock;
    }

    SessionTokens tokens() {
        return tokens;
    }

    @Override
    public @Nullable AccessKey find(String accessKeyId, @Nullable String sessionToken) {
        return sessionToken == null ? lasting(accessKeyId) : temporary(accessKeyId, sessionToken);
    }

    private @Nullable AccessKey lasting(String id) {
        AccessKey root = rootKey.get();
        return root.id().equals(id) ? root : userKeys.find(id);
    }

    private @Nullable AccessKey temporary(String id, String sessionToken) {
        TemporaryKey key = tokens.open(sessionToken);
        if (key == null || !key.id().equals(id)) {
            return null;
        }
        if (!clock.instant().isBefore(key.facts().expires())) {
            throw new Refused(Refusal.EXPIRED_TOKEN);
        }
        Principal principal = principal(key);
        return principal == null ? null : new AccessKey(id, key.secret(), principal);
    }

    /// Whom a temporary key stands for now; null if that is nobody any more.
    private @Nullable Principal principal(TemporaryKey key) {
        return switch (key.holder()) {
            case TemporaryKey.Holder.OfRole(String name, String id) -> {
                IamRole role = roles.find(name);
                yield role == null || !role.id().equals(id) ? null : assumed(role, key);
            }
            case TemporaryKey.Holder.OfUser(String name, String id, String keyId) -> {
                IamUser user = users.find(name);
                yield user == null || !user.id().equals(id) || userKeys.find(keyId) == null
                        ? null
                        : UserAccessKeys.principal(user).within(key.facts());
            }
            case TemporaryKey.Holder.OfRoot(String keyId) -> {
                AccessKey root = rootKey.get();
                yield root.id().equals(keyId) ? root.principal().within(key.facts()) : null;
            }
        };
    }

    private static Principal assumed(IamRole role, TemporaryKey key) {
        NavigableMap<String, String> tags = role.attachments().tags();
        if (!key.tags().isEmpty()) {
            tags = new TreeMap<>(tags);
            tags.putAll(key.tags());
        }
        return new Principal(Principal.Kind.ASSUMED_ROLE, AssumedRoles.sessionArn(role, key.facts()), role.arn(),
                AssumedRoles.sessionId(role, key.facts()), null, tags, role.attachments().policies().values(),
                key.facts());
    }
}
