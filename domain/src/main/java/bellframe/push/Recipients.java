package bellframe.push;

import bellframe.channels.FilterRule;
import bellframe.channels.MemberRecords;
import bellframe.channels.Membership;
import bellframe.channels.MembershipPreferences;
import bellframe.channels.Memberships;
import bellframe.limits.Limit;
import bellframe.messages.MessageExport;
import bellframe.names.UserArn;
import bellframe.outbox.DeliveryFailed;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the devices that are to show a message: those of the members who want it, the sender's among them.
///
/// Hidden members get none, as they show themselves to nobody, and bots have no devices.
final class Recipients {

    private static final Logger log = LoggerFactory.getLogger(Recipients.class);

    static final int MEMBERS_AT_ONCE = 100;
    /// How many rules are kept compiled, of those of one channel's members.
    private static final int RULES_MAX = 1_000;

    private final Memberships memberships;
    private final MemberRecords<MembershipPreferences> preferences;
    private final UserEndpoints endpoints;

    Recipients(Memberships memberships, MemberRecords<MembershipPreferences> preferences, UserEndpoints endpoints) {
        this.memberships = memberships;
        this.preferences = preferences;
        this.endpoints = endpoints;
    }

    /// Does something with each device, one after the other.
    ///
    /// @param voip whether calls are announced, which not every device takes
    /// @throws DeliveryFailed if the server ends meanwhile
    void forEach(String incarnation, MessageExport message, boolean voip, Consumer<UserEndpoint> action)
            throws DeliveryFailed {
        var wanting = new Wanting(incarnation, message.attributes());
        UserArn target = message.target();
        if (target != null) {
            Stream.of(message.sender(), target)
                    .distinct()
                    .filter(user -> isSeenMember(incarnation, user))
                    .filter(wanting::wants)
                    .forEach(user -> forEachDevice(user, voip, action));
            return;
        }
        byte[] cursor = null;
        do {
            if (Thread.currentThread().isInterrupted()) {
                throw DeliveryFailed.transientFailure("the server stops");
            }
            Page<Membership> page = memberships.list(incarnation, Membership.Type.DEFAULT, cursor, MEMBERS_AT_ONCE);
            page.items()
                    .stream()
                    .map(Membership::member)
                    .filter(wanting::wants)
                    .forEach(user -> forEachDevice(user, voip, action));
            cursor = page.next();
        } while (cursor != null);
    }

    private boolean isSeenMember(String incarnation, UserArn user) {
        Membership membership = memberships.find(incarnation, user);
        return membership != null && !membership.isHidden();
    }

    private void forEachDevice(UserArn user, boolean voip, Consumer<UserEndpoint> action) {
        if (user.kind() == UserArn.Kind.USER) {
            endpoints.list(user, null, Limit.USER_ENDPOINTS.value())
                    .items()
                    .stream()
                    .filter(endpoint -> endpoint.takesNotifications() && endpoint.token(voip) != null)
                    .forEach(action);
        }
    }

    /// Who wants to be notified of one message.
    private final class Wanting {

        private final String incarnation;
        private final Map<String, List<String>> attributes;
        /// Members tend to have the same few rules. Empty for a text that is none.
        private final Map<String, Optional<FilterRule>> rules = new HashMap<>();

        Wanting(String incarnation, Map<String, List<String>> attributes) {
            this.incarnation = incarnation;
            this.attributes = attributes;
        }

        boolean wants(UserArn member) {
            MembershipPreferences found = preferences.find(incarnation, member);
            MembershipPreferences wanted = found == null ? MembershipPreferences.DEFAULT : found;
            return switch (wanted.allowNotifications()) {
                case ALL -> true;
                case NONE -> false;
                case FILTERED -> matches(wanted.filterRule());
            };
        }

        private boolean matches(@Nullable String text) {
            if (text == null) {
                return false;
            }
            if (rules.size() >= RULES_MAX) {
                rules.clear();
            }
            return rules.computeIfAbsent(text, this::parse).map(rule -> rule.matches(attributes)).orElse(false);
        }

        /// A rule may have been stored by a version that took more than this one.
        private Optional<FilterRule> parse(String text) {
            try {
                return Optional.of(FilterRule.parse(text));
            } catch (Refused refused) {
                log.warn("a filter rule of channel {} matches nothing: {}", incarnation, refused.getMessage());
                return Optional.empty();
            }
        }
    }
}
