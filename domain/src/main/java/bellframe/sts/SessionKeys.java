package bellframe.sts;

import bellframe.credentials.NewKeys;
import bellframe.credentials.Principal;
import bellframe.credentials.SessionFacts;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gives temporary keys to those who have lasting ones, for the same principal.
public final class SessionKeys {

    private static final Duration DEFAULT_SESSION = Duration.ofHours(12);
    /// The root principal gets no longer ones, whatever it asks for, as on AWS.
    private static final Duration ROOT_MAX = Duration.ofHours(1);

    private final SessionTokens tokens;
    private final NewKeys newKeys;
    private final InstantSource clock;

    public SessionKeys(KnownKeys keys, NewKeys newKeys, InstantSource clock) {
        this.tokens = keys.tokens();
        this.newKeys = newKeys;
        this.clock = clock;
    }

    /// Begins a session.
    ///
    /// @param keyId the lasting key the caller signed with; the session ends with it
    /// @param duration how long; null for the usual time
    /// @throws Refused with [Refusal#ACCESS_DENIED] if the caller has temporary credentials already
    TemporaryCredentials begin(Principal caller, String keyId, @Nullable Duration duration) {
        if (caller.session() != null) {
            throw new Refused(Refusal.ACCESS_DENIED, "Cannot call GetSessionToken with session credentials");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var facts = new SessionFacts(null, now, now.plus(duration(caller, duration)), null, List.of(), null, null);
        var key = new TemporaryKey(newKeys.id(NewKeys.IdKind.TEMPORARY_ACCESS_KEY), newKeys.secret(),
                holder(caller, keyId), new TreeMap<>(), facts);
        return TemporaryCredentials.of(key, tokens.seal(key));
    }

    private static Duration duration(Principal caller, @Nullable Duration wanted) {
        Duration duration = Objects.requireNonNullElse(wanted, DEFAULT_SESSION);
        return caller.kind() == Principal.Kind.ROOT && duration.compareTo(ROOT_MAX) > 0 ? ROOT_MAX : duration;
    }

    private static TemporaryKey.Holder holder(Principal caller, String keyId) {
        String name = caller.userName();
        return name == null
                ? new TemporaryKey.Holder.OfRoot(keyId)
                : new TemporaryKey.Holder.OfUser(name, caller.id(), keyId);
    }
}
