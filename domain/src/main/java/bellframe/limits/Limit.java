package bellframe.limits;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bound that the API model does not express, with the value that AWS documents.
public enum Limit {
    /// UTF-8 bytes of a STANDARD message's Content.
    MESSAGE_CONTENT_BYTES(4_096),
    /// UTF-8 bytes of the Metadata of anything: of a message, a channel, an app instance, a user, a bot.
    METADATA_BYTES(1_024),
    /// UTF-8 bytes of a CONTROL message's Content.
    CONTROL_CONTENT_BYTES(30),
    /// UTF-8 bytes of all names and values of a message's MessageAttributes.
    MESSAGE_ATTRIBUTES_BYTES(1_024),
    /// Rows of a list on one page, also when the caller names no MaxResults.
    PAGE_ITEMS(50),
    /// UTF-8 bytes of a membership preference's FilterRule.
    FILTER_RULE_BYTES(2_048),
    /// Clauses in the `$or` of a FilterRule.
    FILTER_RULE_CLAUSES(5),
    /// Keys and values of a FilterRule together.
    FILTER_RULE_COMPLEXITY(20),

    /// App instances of an account; more of this and of what follows answer ResourceLimitExceededException.
    APP_INSTANCES(100),
    /// Users of an app instance.
    APP_INSTANCE_USERS(100_000),
    /// Admins of an app instance.
    APP_INSTANCE_ADMINS(100),
    /// Endpoints of a user.
    USER_ENDPOINTS(10),
    /// Tags of a resource.
    TAGS(50),
    /// Channels of an app instance.
    CHANNELS(10_000_000),
    /// Memberships of a channel, hidden ones included.
    CHANNEL_MEMBERSHIPS(10_000),
    /// Memberships of a user, hidden ones included.
    USER_MEMBERSHIPS(20_000),
    /// Moderators of a channel.
    CHANNEL_MODERATORS(1_000),
    /// Channel flows of an app instance.
    CHANNEL_FLOWS(100),

    /// IAM users of an account; more of this and of what follows answer LimitExceeded.
    IAM_USERS(5_000),
    /// IAM roles of an account.
    IAM_ROLES(1_000),
    /// OIDC identity providers of an account.
    IDENTITY_PROVIDERS(100),
    /// Client ids of an identity provider.
    IDENTITY_PROVIDER_CLIENT_IDS(100),
    /// Access keys of an IAM user.
    USER_ACCESS_KEYS(2),
    /// Tags of an IAM user, role or identity provider, or of a session.
    IAM_TAGS(50),
    /// Characters of all inline policies of an IAM user, without white space.
    USER_POLICIES_CHARACTERS(2_048),
    /// Characters of all inline policies of an IAM role, without white space.
    ROLE_POLICIES_CHARACTERS(10_240),
    /// Characters of a role's trust policy, without white space.
    TRUST_POLICY_CHARACTERS(2_048);

    private final int value;

    Limit(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }

    /// How many rows a page has: MaxResults, or the whole of this limit where the caller names none.
    public static int pageItems(@Nullable Integer maxResults) {
        return maxResults == null ? PAGE_ITEMS.value : Math.min(maxResults, PAGE_ITEMS.value);
    }

    /// Refuses Metadata that is too long.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT] if it has more UTF-8 bytes than [#METADATA_BYTES]
    public static void requireMetadata(@Nullable String metadata) {
        METADATA_BYTES.requireBytes(metadata, "Metadata: has at most 1024 bytes");
    }

    /// Refuses a text that is too long.
    ///
    /// @param text the text, or null, which has no bytes
    /// @param message what the caller is told
    /// @throws Refused with [Refusal#INVALID_INPUT] if the text has more UTF-8 bytes than this limit
    public void requireBytes(@Nullable String text, String message) {
        if (bytesOf(text) > value) {
            throw new Refused(Refusal.INVALID_INPUT, message);
        }
    }

    /// Refuses attributes that are too long.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT] if names and values together have more UTF-8 bytes than this limit
    public void requireBytes(Map<String, ? extends Iterable<String>> texts, String message) {
        int bytes = 0;
        for (var entry : texts.entrySet()) {
            bytes += bytesOf(entry.getKey());
            for (String text : entry.getValue()) {
                bytes += bytesOf(text);
            }
        }
        if (bytes > value) {
            throw new Refused(Refusal.INVALID_INPUT, message);
        }
    }

    /// Refuses one more than this limit.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] if there are already as many as this limit
    public void requireRoomFor(int existing) {
        requireRoomFor(existing, Refusal.RESOURCE_LIMIT_EXCEEDED);
    }

    /// Refuses one more than this limit in a way of the caller's.
    public void requireRoomFor(int existing, Refusal refusal) {
        if (existing >= value) {
            throw new Refused(refusal);
        }
    }

    /// Refuses more than this limit with [Refusal#LIMIT_EXCEEDED].
    ///
    /// @param what is too many, for the message
    public void requireAtMost(int number, String what) {
        if (number > value) {
            throw new Refused(Refusal.LIMIT_EXCEEDED, "Cannot exceed quota for " + what + ": " + value);
        }
    }

    private static int bytesOf(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
