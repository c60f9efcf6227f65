package bellframe.server.folder;

import bellframe.credentials.MasterKey;
import bellframe.server.config.KeyConfig;
import bellframe.server.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The master key of a data folder: the configured one, or one that is kept in a file of the folder.
///
/// A key that is to take the place of the present one is written beside it first. From the next start on it seals; when it
/// has sealed everything that the other one had, [#settle] drops that one. Configured keys do the same by two settings.
public final class MasterKeyFile {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}\\n?");

    private final DataFolder folder;
    private final KeyConfig config;
    private final SecureRandom random;

    public MasterKeyFile(DataFolder folder, KeyConfig config, SecureRandom random) {
        this.folder = folder;
        this.config = config;
        this.random = random;
    }

    /// The key, after making one if there is none.
    ///
    /// @throws FolderUnusable if it cannot be read or written
    MasterKey complete() {
        if (config.masterKey() == null && !Files.exists(folder.masterKey())) {
            write(folder.masterKey());
        }
        return read();
    }

    /// The key.
    ///
    /// @throws FolderUnusable if there is none, or it cannot be read
    public MasterKey read() {
        byte[] configured = bytes(config.masterKey());
        if (configured != null) {
            byte[] previous = bytes(config.previousMasterKey());
            return key(configured, previous == null ? ifThere(folder.masterKey()) : previous);
        }
        byte[] kept = ifThere(folder.masterKey());
        if (kept == null) {
            throw new FolderUnusable(folder.masterKey() + " is gone, and masterKey is not set", null);
        }
        byte[] next = ifThere(folder.nextMasterKey());
        return next == null ? key(kept, null) : key(next, kept);
    }

    /// Writes the key that takes the place of the present one from the next start on.
    ///
    /// @throws FolderUnusable if the key is configured, or cannot be written
    public void makeNext() {
        if (config.masterKey() != null) {
            throw new FolderUnusable(
                    "the master key is configured; set masterKey to another one and previousMasterKey to"
                            + " this one, and start the server",
                    null);
        }
        if (!Files.exists(folder.nextMasterKey())) {
            write(folder.nextMasterKey());
        }
    }

    /// Drops the key before the present one, with which nothing is sealed any more.
    ///
    /// @throws FolderUnusable if the folder cannot be written
    public void settle() {
        try {
            if (config.masterKey() != null) {
                Files.deleteIfExists(folder.masterKey());
                Files.deleteIfExists(folder.nextMasterKey());
            } else if (Files.exists(folder.nextMasterKey())) {
                Files.move(folder.nextMasterKey(), folder.masterKey(), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            DurableFile.syncEntry(folder.masterKey());
        } catch (IOException problem) {
            throw new FolderUnusable("the data folder " + folder + " cannot be written: " + problem, problem);
        }
    }

    private MasterKey key(byte[] key, byte @Nullable [] previous) {
        return new MasterKey(key, previous == null ? null : new MasterKey(previous, null, random), random);
    }

    private static byte @Nullable [] bytes(@Nullable Secret hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex.value());
    }

    private static byte @Nullable [] ifThere(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            OwnerOnly.tighten(file);
            String text = Files.readString(file);
            if (!KEY.matcher(text).matches()) {
                throw new FolderUnusable(file + " is damaged: it is not a key of 64 hexadecimal digits", null);
            }
            return HexFormat.of().parseHex(text.strip());
        } catch (IOException problem) {
            throw new FolderUnusable(file + " cannot be read: " + problem, problem);
        }
    }

    private void write(Path file) {
        var key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        try {
            DurableFile.write(file, HexFormat.of().formatHex(key) + "\n");
        } catch (IOException problem) {
            throw new FolderUnusable(file + " cannot be written: " + problem, problem);
        }
    }
}
