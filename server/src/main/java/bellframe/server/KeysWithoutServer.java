package bellframe.server;

import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.iam.Entities;
import bellframe.iam.UserAccessKeys;
import bellframe.names.Account;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.Installation;
import bellframe.server.folder.MasterKeyFile;
import bellframe.server.folder.RootKeyFile;
import bellframe.storage.Storage;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The access keys of a data folder that no server uses; the root key may be lost.
final class KeysWithoutServer {

    private final DataFolder folder;
    private final ServerConfig config;
    private final Account account;
    private final MasterKeyFile masterKeyFile;
    private final SecureRandom random = new SecureRandom();

    /// @throws FolderUnusable if there are no keys in the folder
    KeysWithoutServer(DataFolder folder, ServerConfig config) {
        this.folder = folder;
        this.config = config;
        this.account = Installation.account(folder)
                .orElseThrow(() -> new FolderUnusable("there are no keys in " + folder, null));
        this.masterKeyFile = new MasterKeyFile(folder, config.keys(), random);
    }

    /// Does it, and says what was done.
    ///
    /// @throws FolderUnusable if it cannot be done
    String run(KeyRequest request) throws IOException {
        try (var _ = folder.lock();
                var store = RocksDbStorage.open(RocksDbOptions.of(folder.path())
                        .withMemoryBytes(config.storeMemoryBytes()))) {
            MasterKey masterKey = masterKeyFile.read();
            RootKeyFile rootKey = rootKeyFile(masterKey);
            return new KeysTask(userKeys(store, masterKey), rootKey::read, () -> rootKey.rotate(config, random),
                    () -> rotateMasterKey(store, rootKey)).run(request).answer();
        }
    }

    /// What a start of the server does with a next master key; it goes on where this was interrupted.
    private String rotateMasterKey(Storage store, RootKeyFile rootKey) {
        rootKey.read();
        masterKeyFile.makeNext();
        MasterKey masterKey = masterKeyFile.read();
        rootKeyFile(masterKey).sealAgain();
        userKeys(store, masterKey).sealAgain();
        masterKeyFile.settle();
        return "the master key is another one now; sessions of temporary credentials have ended";
    }

    private RootKeyFile rootKeyFile(MasterKey masterKey) {
        return new RootKeyFile(folder, masterKey, account.id());
    }

    private UserAccessKeys userKeys(Storage store, MasterKey masterKey) {
        return new UserAccessKeys(account, Entities.users(account, store), store, masterKey, new NewKeys(random),
                InstantSource.system());
    }
}
