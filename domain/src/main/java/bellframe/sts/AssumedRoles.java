package bellframe.sts;

import bellframe.credentials.Circumstances;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Origin;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.credentials.SessionFacts;
import bellframe.iam.Entities;
import bellframe.iam.IamArns;
import bellframe.iam.IamRole;
import bellframe.iam.IdentityProvider;
import bellframe.limits.Limit;
import bellframe.names.Account;
import bellframe.policy.Caller;
import bellframe.policy.Decision;
import bellframe.policy.Policies;
import bellframe.policy.PolicyContext;
import bellframe.policy.PolicyDocument;
import bellframe.policy.PolicyRequest;
import bellframe.policy.TrustRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lets those assume roles whom the roles' trust policies let.
public final class AssumedRoles {

    static final String ASSUME_ROLE = "sts:AssumeRole";
    static final String WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
    private static final String TAG_SESSION = "sts:TagSession";
    private static final String SET_SOURCE_IDENTITY = "sts:SetSourceIdentity";

    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);
    /// How long a session may last that was begun from another session.
    private static final Duration CHAINED_MAX = Duration.ofHours(1);

    private final Entities<IamRole> roles;
    private final Permissions permissions;
    private final SessionTokens tokens;
    private final NewKeys newKeys;
    private final InstantSource clock;

    public AssumedRoles(Entities<IamRole> roles, Permissions permissions, KnownKeys keys, NewKeys newKeys,
            InstantSource clock) {
        this.roles = roles;
        this.permissions = permissions;
        this.tokens = keys.tokens();
        this.newKeys = newKeys;
        this.clock = clock;
    }

    /// The ARN of a session.
    static String sessionArn(IamRole role, SessionFacts facts) {
        return "arn:aws:sts::" + Account.idIn(role.arn()) + ":assumed-role/" + role.name() + "/" + facts.name();
    }

    /// What `aws:userid` is in a session.
    static String sessionId(IamRole role, SessionFacts facts) {
        return role.id() + ":" + facts.name();
    }

    /// Begins a session of a role for somebody who signed with a key.
    ///
    /// @throws Refused with [Refusal#ACCESS_DENIED] if the role's trust policy or the caller's policies do not let it, also
    ///         if there is no such role; with [Refusal#INVALID_INPUT] or [Refusal#MALFORMED_POLICY_DOCUMENT] if what is
    ///         wanted makes no sense; with [Refusal#PACKED_POLICY_TOO_LARGE]
    public AssumedRole assume(Principal caller, Origin origin, Assumption wanted) {
        SessionFacts parent = caller.session();
        NavigableMap<String, String> inherited = inherited(caller);
        NavigableMap<String, String> sessionTags = merged(inherited, wanted);
        String sourceIdentity = sourceIdentity(parent, wanted);
        IamRole role = find(wanted.roleArn());
        if (role == null) {
            throw Permissions.denied(caller, ASSUME_ROLE, wanted.roleArn(), null);
        }
        var context = new AssumptionFacts(permissions.facts(caller, origin, role.arn()), wanted, sessionTags,
                sourceIdentity);
        var request = new Request(role, caller, origin, context);
        request.require(ASSUME_ROLE);
        if (!sessionTags.isEmpty()) {
            request.require(TAG_SESSION);
        }
        if (sourceIdentity != null) {
            request.require(SET_SOURCE_IDENTITY);
        }
        Duration longest = caller.kind() == Principal.Kind.ASSUMED_ROLE
                ? min(CHAINED_MAX, role.maxSession())
                : role.maxSession();
        var transitive = new ArrayList<>(inherited.keySet());
        transitive.addAll(wanted.transitiveTagKeys());
        return begin(role, wanted, longest, sessionTags, transitive, null, sourceIdentity);
    }

    /// Begins a session of a role for whom a token of an identity provider is about.
    ///
    /// @throws Refused as [#assume] does
    public AssumedRole assume(IdentityTokens.Verified verified, Origin origin, Assumption wanted) {
        IdentityProvider provider = verified.provider();
        IamRole role = find(wanted.roleArn());
        if (role == null) {
            throw notAuthorized(WITH_WEB_IDENTITY);
        }
        NavigableMap<String, String> sessionTags = merged(new TreeMap<>(), wanted);
        var context = new AssumptionFacts(new WebIdentityFacts(verified, new Circumstances(origin, clock.instant())),
                wanted,
                sessionTags, wanted.sourceIdentity());
        requireTrust(role, provider, WITH_WEB_IDENTITY, context);
        if (!sessionTags.isEmpty()) {
            requireTrust(role, provider, TAG_SESSION, context);
        }
        if (wanted.sourceIdentity() != null) {
            requireTrust(role, provider, SET_SOURCE_IDENTITY, context);
        }
        return begin(role, wanted, role.maxSession(), sessionTags, wanted.transitiveTagKeys(), provider.arn(),
                wanted.sourceIdentity());
    }

    private @Nullable IamRole find(String arn) {
        IamRole role = roles.find(IamArns.name(arn));
        return role == null || !role.arn().equals(arn) ? null : role;
    }

    private static void requireTrust(IamRole role, IdentityProvider provider, String action, PolicyContext context) {
        switch (role.trust()
                .decideTrust(new TrustRequest(action, new Caller.Federated(provider.arn()), context))) {
            case ALLOWED -> {
                // On with it.
            }
            case LEFT_TO_ACCOUNT, IMPLICITLY_DENIED, EXPLICITLY_DENIED -> throw notAuthorized(action);
        }
    }

    private static Refused notAuthorized(String action) {
        return new Refused(Refusal.ACCESS_DENIED, "Not authorized to perform " + action);
    }

    /// A signer who wants to assume a role.
    private final class Request {

        private final IamRole role;
        private final Principal caller;
        private final Origin origin;
        private final PolicyContext context;

        Request(IamRole role, Principal caller, Origin origin, PolicyContext context) {
            this.role = role;
            this.caller = caller;
            this.origin = origin;
            this.context = context;
        }

        void require(String action) {
            Decision trusted = role.trust()
                    .decideTrust(new TrustRequest(action, signer(), context))
                    .with(permissions.decide(caller, origin, action, role.arn()));
            if (trusted != Decision.ALLOWED || !sessionPolicyAllows(action)) {
                throw Permissions.denied(caller, action, role.arn(), null);
            }
        }

        private Caller.Signer signer() {
            return new Caller.Signer(caller.account(), switch (caller.kind()) {
                case ROOT -> List.of();
                case USER -> List.of(caller.arn());
                case ASSUMED_ROLE -> List.of(caller.arn(), caller.policyArn());
            });
        }

        /// What a session was cut down to it cannot get back by a trust policy that names its role.
        private boolean sessionPolicyAllows(String action) {
            SessionFacts session = caller.session();
            PolicyDocument policy = session == null ? null : session.policy();
            return policy == null
                    || Policies.decide(List.of(policy), null,
                            new PolicyRequest(action, role.arn(), context)) == Decision.ALLOWED;
        }
    }

    /// The tags that go on from the caller's session to the next.
    private static NavigableMap<String, String> inherited(Principal caller) {
        var inherited = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        SessionFacts session = caller.session();
        if (session != null) {
            for (String key : session.transitiveTagKeys()) {
                String value = caller.tags().get(key);
                if (value != null) {
                    inherited.put(key, value);
                }
            }
        }
        return inherited;
    }

    private static NavigableMap<String, String> merged(NavigableMap<String, String> inherited, Assumption wanted) {
        var merged = new TreeMap<>(inherited);
        wanted.tags().forEach((key, value) -> {
            if (merged.put(key, value) != null) {
                throw new Refused(Refusal.INVALID_INPUT,
                        "Tags: a tag is there twice, or has been set for good by the session that you have");
            }
        });
        for (String key : wanted.transitiveTagKeys()) {
            if (!merged.containsKey(key)) {
                throw new Refused(Refusal.INVALID_INPUT, "TransitiveTagKeys: must be keys of session tags");
            }
        }
        if (merged.size() > Limit.IAM_TAGS.value()) {
            throw new Refused(Refusal.INVALID_INPUT, "Tags: there are at most 50 session tags");
        }
        return merged;
    }

    /// Once said, it stays.
    private static @Nullable String sourceIdentity(@Nullable SessionFacts parent, Assumption wanted) {
        String said = parent == null ? null : parent.sourceIdentity();
        if (said != null && wanted.sourceIdentity() != null && !said.equals(wanted.sourceIdentity())) {
            throw new Refused(Refusal.ACCESS_DENIED, "The source identity of a session cannot be changed");
        }
        return said == null ? wanted.sourceIdentity() : said;
    }

    private AssumedRole begin(IamRole role, Assumption wanted, Duration longest, NavigableMap<String, String> tags,
            List<String> transitiveTagKeys, @Nullable String provider, @Nullable String sourceIdentity) {
        PolicyDocument policy = wanted.policy() == null
                ? null
                : PolicyDocument.parse(PolicyDocument.Kind.SESSION, wanted.policy());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var facts = new SessionFacts(wanted.sessionName(), now, now.plus(duration(wanted, longest)), policy,
                transitiveTagKeys, provider, sourceIdentity);
        var key = new TemporaryKey(newKeys.id(NewKeys.IdKind.TEMPORARY_ACCESS_KEY), newKeys.secret(),
                new TemporaryKey.Holder.OfRole(role.name(), role.id()), tags, facts);
        String token = tokens.seal(key);
        if (token.length() > SessionTokens.MAX_LENGTH) {
            throw new Refused(Refusal.PACKED_POLICY_TOO_LARGE);
        }
        return new AssumedRole(TemporaryCredentials.of(key, token), sessionArn(role, facts), sessionId(role, facts),
                Math.ceilDiv(token.length() * 100, SessionTokens.MAX_LENGTH), sourceIdentity);
    }

    private static Duration duration(Assumption wanted, Duration longest) {
        if (wanted.duration() == null) {
            return min(DEFAULT_SESSION, longest);
        }
        if (wanted.duration().compareTo(longest) > 0) {
            throw new Refused(Refusal.INVALID_INPUT, longest.equals(CHAINED_MAX)
                    ? "The requested DurationSeconds exceeds the 1 hour session limit for this role or for role chaining."
                    : "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return wanted.duration();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
