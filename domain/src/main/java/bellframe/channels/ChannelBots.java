package bellframe.channels;

import bellframe.names.UserArn;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/// Which bots belong to channels; what was looked at lately is kept in memory.
public final class ChannelBots {

    /// How many bots of a channel are ever looked at.
    public static final int BOTS_MAX = 100;

    private static final int CACHED_MAX = 100_000;
    /// With a bot, enough to tell whether there is one other or more.
    private static final int SHOWN_MAX = 3;

    /// The bots of a channel.
    ///
    /// @param shown members that are not hidden, at most three
    public record Company(List<UserArn> bots, List<UserArn> shown) {

        private static final Company NONE = new Company(List.of(), List.of());

        /// Whether the channel has exactly one member beside a bot that is not hidden.
        public boolean isOneBeside(UserArn bot) {
            return shown.stream().filter(member -> !member.equals(bot)).count() == 1;
        }
    }

    private final Memberships memberships;
    private final Cache<String, Company> cache = Caffeine.newBuilder()
            .maximumSize(CACHED_MAX)
            .executor(Runnable::run)
            .build();

    public ChannelBots(Memberships memberships) {
        this.memberships = memberships;
        memberships.onChange(place -> cache.invalidate(place.incarnation()));
    }

    /// The first [#BOTS_MAX] bots of a channel, and who is there with them.
    public Company of(String incarnation) {
        return cache.get(incarnation, this::read);
    }

    private Company read(String incarnation) {
        List<UserArn> bots = memberships.bots(incarnation, BOTS_MAX);
        return bots.isEmpty()
                ? Company.NONE
                : new Company(bots, memberships.list(incarnation, Membership.Type.DEFAULT, null, SHOWN_MAX)
                        .map(Membership::member)
                        .items());
    }
}
