package bellframe.server.folder;

import bellframe.credentials.AccessKey;
import java.security.SecureRandom;
import java.util.Base64;

/// Access keys in the form that AWS gives them.
final class RandomKey {

    private static final String ID_PREFIX = "AKIA";
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 20;
    private static final int SECRET_BYTES = 30;

    private RandomKey() {
    }

    static AccessKey next(SecureRandom random, String principalArn) {
        var id = new StringBuilder(ID_PREFIX);
        while (id.length() < ID_LENGTH) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new AccessKey(id.toString(), Base64.getEncoder().encodeToString(secret), principalArn);
    }
}
