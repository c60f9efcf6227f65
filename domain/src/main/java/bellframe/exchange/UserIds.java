package bellframe.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Makes ids of app instance users from what identity providers call people.
final class UserIds {

    /// What the API takes for an id.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9:_.@-]{0,62}[A-Za-z0-9])?");
    private static final String HASHED = "sha256-";
    /// Half of the digest: enough that no two people share an id.
    private static final int HASH_BYTES = 24;
    private static final int SESSION_NAME_MIN = 2;

    private UserIds() {
    }

    /// The same id for the same subject, different ids for different ones. What is no id itself, such as `auth0|5f7c`,
    /// becomes one by its hash, and so does what looks like such a hash.
    static String of(String subject) {
        return ID.matcher(subject).matches() && !subject.startsWith(HASHED) ? subject : HASHED + hash(subject);
    }

    /// What the session of a user is called: a session name has no colons and at least two characters.
    static String sessionName(String id) {
        String name = id.replace(':', '=');
        return name.length() < SESSION_NAME_MIN ? name + "@" : name;
    }

    private static String hash(String subject) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
