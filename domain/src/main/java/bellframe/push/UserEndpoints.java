package bellframe.push;

import bellframe.idempotency.Fingerprint;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.AppInstanceUsers;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.rows.StripedLocks;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Registers, finds, changes and removes the endpoints of users.
public final class UserEndpoints {

    private static final int CACHED_MAX = 10_000;
    private static final int VERSION = 1;

    /// Which endpoint of which user.
    record Place(UserArn user, String id) {

        static Place of(UserEndpoint endpoint) {
            return new Place(endpoint.user(), endpoint.id());
        }
    }

    private static final Records.Layout<Place, UserEndpoint> LAYOUT = new Records.Layout<>(
            place -> endpoints(place.user()), place -> Key.of(place.id()), UserEndpoints::row,
            (place, row) -> read(place.user(), row));

    private final AppInstanceUsers users;
    private final Pages pages;
    private final RequestTokens tokens;
    private final InstantSource clock;
    private final StripedLocks registrations = new StripedLocks();
    private final Records<Place, UserEndpoint> endpoints;

    public UserEndpoints(AppInstanceUsers users, Storage storage, RequestTokens tokens, InstantSource clock) {
        this.users = users;
        this.pages = new Pages(storage);
        this.tokens = tokens;
        this.clock = clock;
        this.endpoints = new Records<>(storage, Table.USER_ENDPOINTS, LAYOUT, CACHED_MAX);
    }

    /// Registers a device, once per token.
    ///
    /// @param wanted its id and times do not matter
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] or, if the device is registered already, [Refusal#CONFLICT]
    public UserEndpoint register(UserEndpoint wanted, String principalArn, String token) {
        UserArn user = wanted.user();
        var parameters = new RowWriter(1);
        writeParameters(parameters, wanted);
        RequestTokens.Claim claim = tokens.claim("RegisterAppInstanceUserEndpoint " + user, principalArn, token,
                Fingerprint.of(parameters), UUID.randomUUID().toString());
        var place = new Place(user, claim.plan());
        Lock lock = registrations.of(user.toString());
        lock.lock();
        try {
            UserEndpoint existing = endpoints.find(place);
            if (existing != null) {
                tokens.done(claim);
                return existing;
            }
            claim.requireNotDone("The endpoint");
            List<UserEndpoint> others = list(user, null, Limit.USER_ENDPOINTS.value()).items();
            if (others.stream().anyMatch(wanted::isSameDevice)) {
                throw new Refused(Refusal.CONFLICT, "The device is registered already.");
            }
            Limit.USER_ENDPOINTS.requireRoomFor(others.size());
            var endpoint = created(wanted, claim.plan());
            endpoints.insert(place, endpoint);
            tokens.done(claim);
            // A user deleted meanwhile may have been missed; the next one of that id must not inherit the device.
            if (users.find(user) == null) {
                endpoints.remove(place);
            }
            return endpoint;
        } finally {
            lock.unlock();
        }
    }

    /// The endpoint of this id.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public UserEndpoint require(UserArn user, String id) {
        UserEndpoint endpoint = endpoints.find(new Place(user, id));
        if (endpoint == null) {
            throw absent();
        }
        return endpoint;
    }

    /// The endpoint, perhaps from memory; null if there is none.
    @Nullable
    UserEndpoint find(Place place) {
        return endpoints.find(place);
    }

    /// Makes an endpoint inactive for good, unless it has another token by now.
    ///
    /// @param token which its service knows no more
    void invalidate(Place place, String token) {
        boolean done = false;
        while (!done) {
            Records.Stored<UserEndpoint> old = endpoints.read(place);
            done = old == null || old.value().state() != UserEndpoint.State.ACTIVE || !hasToken(old.value(), token)
                    || endpoints.replace(place, old, old.value().invalid(Instant.ofEpochMilli(clock.millis())));
        }
    }

    private static boolean hasToken(UserEndpoint endpoint, String token) {
        return token.equals(endpoint.deviceToken()) || token.equals(endpoint.voipDeviceToken());
    }

    public Page<UserEndpoint> list(UserArn user, byte @Nullable [] cursor, int limit) {
        return pages.single(Table.USER_ENDPOINTS, endpoints(user), cursor, limit).map(row -> read(user, row.value()));
    }

    /// Changes what is not null.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND]
    public UserEndpoint update(UserArn user, String id, @Nullable String name, @Nullable Boolean allowed) {
        return endpoints.change(new Place(user, id), UserEndpoints::absent,
                old -> old.changed(name, allowed, Instant.ofEpochMilli(clock.millis())));
    }

    /// Removes an endpoint; one that is not there is as good as removed.
    public void remove(UserArn user, String id) {
        endpoints.remove(new Place(user, id));
    }

    /// Removes all endpoints of a user who is gone.
    public void removeAll(UserArn user) {
        Pages.forEach(cursor -> list(user, cursor, Pages.SWEEP_ROWS), endpoint -> remove(user, endpoint.id()));
    }

    private UserEndpoint created(UserEndpoint wanted, String id) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new UserEndpoint(wanted.user(), id, wanted.name(), wanted.type(), wanted.resourceArn(),
                wanted.deviceToken(), wanted.voipDeviceToken(), wanted.allowed(), UserEndpoint.State.ACTIVE, now, now);
    }

    private static Key endpoints(UserArn user) {
        return Key.of(user.toString());
    }

    private static void writeParameters(RowWriter row, UserEndpoint endpoint) {
        row.optional(endpoint.name(), RowWriter::text)
                .name(endpoint.type())
                .text(endpoint.resourceArn())
                .text(endpoint.deviceToken())
                .optional(endpoint.voipDeviceToken(), RowWriter::text)
                .flag(endpoint.allowed());
    }

    private static byte[] row(UserEndpoint endpoint) {
        var row = new RowWriter(VERSION).text(endpoint.id());
        writeParameters(row, endpoint);
        return row.name(endpoint.state()).time(endpoint.created()).time(endpoint.updated()).toBytes();
    }

    private static UserEndpoint read(UserArn user, byte[] row) {
        var reader = new RowReader(row, VERSION);
        return new UserEndpoint(user, reader.text(), reader.optional(RowReader::text),
                reader.name(UserEndpoint.Type.class), reader.text(), reader.text(),
                reader.optional(RowReader::text), reader.flag(), reader.name(UserEndpoint.State.class), reader.time(),
                reader.time());
    }

    private static Refused absent() {
        return new Refused(Refusal.NOT_FOUND, "The endpoint does not exist.");
    }
}
