package bellframe.credentials;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes ids and secrets in the form that AWS gives them.
public final class NewKeys {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 30;

    /// What an id is of, by its first four letters.
    public enum IdKind {
        ACCESS_KEY("AKIA", 20),
        TEMPORARY_ACCESS_KEY("ASIA", 20),
        USER("AIDA", 21),
        ROLE("AROA", 21);

        private final String prefix;
        private final int length;

        IdKind(String prefix, int length) {
            this.prefix = prefix;
            this.length = length;
        }
    }

    private final RandomGenerator random;

    /// @param random must not be foreseeable
    public NewKeys(RandomGenerator random) {
        this.random = random;
    }

    /// An id that was never given before.
    public String id(IdKind kind) {
        var id = new StringBuilder(kind.prefix);
        while (id.length() < kind.length) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /// A secret access key, 40 characters.
    public String secret() {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }
}
