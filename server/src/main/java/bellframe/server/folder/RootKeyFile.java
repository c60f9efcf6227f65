package bellframe.server.folder;

import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.credentials.Principal;
import bellframe.credentials.Unsealable;
import bellframe.server.config.PropertiesText;
import bellframe.server.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The root key of a data folder; its secret is sealed with the master key.
public final class RootKeyFile {

    private static final String ACCESS_KEY_ID = "accessKeyId";
    private static final String SEALED_SECRET = "sealedSecretAccessKey";
    /// Where earlier versions kept the secret as it is.
    private static final String PLAIN_SECRET = "secretAccessKey";
    private static final String PURPOSE = "root-key";

    private final Path file;
    private final MasterKey masterKey;
    private final Principal root;

    /// @param account the AWS account that the key is the root of
    public RootKeyFile(DataFolder folder, MasterKey masterKey, String account) {
        this.file = folder.rootKey();
        this.masterKey = masterKey;
        this.root = Principal.root("arn:aws:iam::" + account + ":root");
    }

    /// The key, after installing one if there is none, and sealed with the present master key.
    ///
    /// @throws FolderUnusable if it cannot be read or written, or is not the configured one
    AccessKey complete(ServerConfig config, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            AccessKey made = configured(config);
            return write(made == null ? random(random) : made);
        }
        OwnerOnly.tighten(file);
        Map<String, String> entries = entries();
        AccessKey key = read(entries);
        requireConfigured(key, config);
        String seal = entries.get(SEALED_SECRET);
        return seal != null && masterKey.isSealedByThis(Base64.getDecoder().decode(seal)) ? key : write(key);
    }

    /// The key.
    ///
    /// @throws FolderUnusable if it is lost, or cannot be read with this master key
    public AccessKey read() {
        if (!Files.exists(file)) {
            throw lost("is gone");
        }
        return read(entries());
    }

    /// Seals the key again, with the present master key.
    ///
    /// @throws FolderUnusable if it cannot be read or written
    public void sealAgain() {
        try {
            write(read());
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    /// Puts a random key in the place of the one that is there, or was.
    ///
    /// @throws FolderUnusable if the key is configured, or cannot be written
    public AccessKey rotate(ServerConfig config, SecureRandom random) {
        if (configured(config) != null) {
            throw new FolderUnusable(
                    "the root key is configured; set rootAccessKeyId and rootSecretAccessKey to another"
                            + " one, delete " + file + " and start the server",
                    null);
        }
        try {
            return write(random(random));
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    private AccessKey random(SecureRandom random) {
        var keys = new NewKeys(random);
        return new AccessKey(keys.id(NewKeys.IdKind.ACCESS_KEY), keys.secret(), root);
    }

    private @Nullable AccessKey configured(ServerConfig config) {
        return config.rootAccessKeyId() == null || config.rootSecretAccessKey() == null
                ? null
                : new AccessKey(config.rootAccessKeyId(), config.rootSecretAccessKey().value(), root);
    }

    private void requireConfigured(AccessKey key, ServerConfig config) {
        AccessKey configured = configured(config);
        if (configured != null && !configured.equals(key)) {
            throw new FolderUnusable("rootAccessKeyId and rootSecretAccessKey are not those in " + file
                    + "; unset them, or delete that file to install the configured key", null);
        }
    }

    private AccessKey write(AccessKey key) throws IOException {
        byte[] sealed = masterKey.seal(PURPOSE, key.secret().getBytes(StandardCharsets.UTF_8));
        DurableFile.write(file, PropertiesText.entry(ACCESS_KEY_ID, key.id())
                + PropertiesText.entry(SEALED_SECRET, Base64.getEncoder().encodeToString(sealed)));
        return key;
    }

    private AccessKey read(Map<String, String> entries) {
        String id = required(entries, ACCESS_KEY_ID);
        return new AccessKey(id, entries.containsKey(PLAIN_SECRET)
                ? required(entries, PLAIN_SECRET)
                : open(required(entries, SEALED_SECRET)), root);
    }

    private String open(String seal) {
        try {
            return new String(masterKey.open(PURPOSE, Base64.getDecoder().decode(seal)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw lost("is damaged: " + SEALED_SECRET + " is not Base64");
        } catch (Unsealable other) {
            throw new FolderUnusable(file + " was not sealed with this master key (" + masterKey.id()
                    + "), or is damaged", other);
        }
    }

    private Map<String, String> entries() {
        try {
            return PropertiesText.read(file);
        } catch (IOException problem) {
            throw new FolderUnusable(file + " cannot be read: " + problem, problem);
        }
    }

    private String required(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null || value.isEmpty()) {
            throw lost("is damaged: it has no " + key);
        }
        return value;
    }

    private FolderUnusable lost(String problem) {
        return new FolderUnusable(file + " " + problem + "; the root key is lost, and `./bellframe keys rotate` makes"
                + " another one", null);
    }

    private FolderUnusable unwritable(IOException problem) {
        return new FolderUnusable(file + " cannot be written: " + problem, problem);
    }
}
