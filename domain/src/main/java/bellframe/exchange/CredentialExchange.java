package bellframe.exchange;

import bellframe.credentials.Origin;
import bellframe.identity.AppInstanceUser;
import bellframe.identity.AppInstanceUsers;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.AssumedRole;
import bellframe.sts.AssumedRoles;
import bellframe.sts.Assumption;
import bellframe.sts.IdentityTokens;
import bellframe.sts.WebIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gives whoever has a token of the application's identity provider credentials that act as the app instance user of that
/// person, whom it creates at first sight.
///
/// The session carries the tag [#USER_TAG], which the role's policies ask for: `…/user/${aws:PrincipalTag/AppInstanceUserId}`.
public final class CredentialExchange {

    /// The session tag that holds the user's id.
    public static final String USER_TAG = "AppInstanceUserId";

    /// The code points that a user's name may have.
    private static final int NAME_MAX = 100;

    private final ExchangeRules rules;
    private final IdentityTokens tokens;
    private final AssumedRoles roles;
    private final AppInstanceUsers users;

    public CredentialExchange(ExchangeRules rules, IdentityTokens tokens, AssumedRoles roles,
            AppInstanceUsers users) {
        this.rules = rules;
        this.tokens = tokens;
        this.roles = roles;
        this.users = users;
    }

    /// Exchanges a token.
    ///
    /// @throws Refused as [IdentityTokens] and [AssumedRoles] do; then no user has been created
    public ChatCredentials exchange(String token, Origin origin) {
        IdentityTokens.Verified verified = tokens.verify(token);
        if (!verified.provider().url().equals(rules.issuer())) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN, "The token is of another identity provider.");
        }
        UserArn user = UserArn.user(rules.appInstance(), UserIds.of(claim(verified.identity())));
        AssumedRole assumed = roles.assume(verified, origin, assumption(verified.identity(), user));
        return new ChatCredentials(user, seen(user, verified.identity()).name(), assumed.credentials());
    }

    private String claim(WebIdentity identity) {
        if (rules.userIdClaim().equals("sub")) {
            return identity.subject();
        }
        List<String> values = identity.claims().getOrDefault(rules.userIdClaim(), List.of());
        if (values.size() != 1 || values.getFirst().isEmpty()) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN, "The token lacks the claim that names the user.");
        }
        return values.getFirst();
    }

    private Assumption assumption(WebIdentity identity, UserArn user) {
        var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(identity.principalTags());
        // Whatever the provider says of it: this is the user.
        tags.remove(USER_TAG);
        tags.put(USER_TAG, user.id());
        return new Assumption(rules.roleArn(), UserIds.sessionName(user.id()), rules.duration(), null, Map.copyOf(tags),
                List.of(USER_TAG), null, null);
    }

    /// The user, created if nobody has seen it before. One that is there keeps its name.
    private AppInstanceUser seen(UserArn user, WebIdentity identity) {
        AppInstanceUser known = users.find(user);
        return known == null ? create(user, name(user, identity)) : known;
    }

    private AppInstanceUser create(UserArn user, String name) {
        try {
            return users.create(user.appInstance(), user.id(), name, null, null, Map.of());
        } catch (Refused refused) {
            // Another exchange was faster, with a token that has another name.
            AppInstanceUser known = refused.refusal() == Refusal.CONFLICT ? users.find(user) : null;
            if (known == null) {
                throw refused;
            }
            return known;
        }
    }

    private static String name(UserArn user, WebIdentity identity) {
        String name = identity.name() == null ? "" : identity.name().strip();
        int end = name.codePointCount(0, name.length()) <= NAME_MAX
                ? name.length()
                : name.offsetByCodePoints(0, NAME_MAX);
        return name.isEmpty() ? user.id() : name.substring(0, end);
    }
}
