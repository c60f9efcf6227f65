package bellframe.server;

import bellframe.rows.PageTokens;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.security.SecureRandom;

/// What the store knows about itself: rows of META that are written once.
final class StoreFacts {

    private static final Key PARTITION = Key.of("meta");
    private static final Key PAGE_TOKEN_KEY = Key.of("page-token-key");
    private static final Key FIRST_APP_INSTANCE = Key.of("first-app-instance");
    private static final byte[] DONE = {1};

    private final Storage storage;

    StoreFacts(Storage storage) {
        this.storage = storage;
    }

    /// The key that seals page tokens, made at first sight, so that tokens outlive a restart.
    byte[] pageTokenKey(SecureRandom random) {
        byte[] known = storage.get(Table.META, PARTITION, PAGE_TOKEN_KEY);
        if (known != null) {
            return known;
        }
        byte[] key = new byte[PageTokens.KEY_BYTES];
        random.nextBytes(key);
        write(PAGE_TOKEN_KEY, key);
        return key;
    }

    /// Runs what creates the first app instance, unless it ran before: one that was deleted stays so.
    void createFirstAppInstance(Runnable creation) {
        if (storage.get(Table.META, PARTITION, FIRST_APP_INSTANCE) == null) {
            creation.run();
            write(FIRST_APP_INSTANCE, DONE);
        }
    }

    private void write(Key fact, byte[] value) {
        storage.commit(new Batch().put(Table.META, PARTITION, fact, value));
    }
}
