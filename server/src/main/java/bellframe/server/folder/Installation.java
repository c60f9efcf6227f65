package bellframe.server.folder;

import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.names.Account;
import bellframe.server.config.PropertiesText;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a data folder's first start settles for good.
///
/// Each of its files appears whole or not at all, so a first start that was killed is completed by the next one.
///
/// @param account the AWS account, 12 digits
/// @param region the region in all ARNs
/// @param appInstanceId the id of the app instance that exists from the start
/// @param rootKey the access key that may do everything
/// @param masterKey what secrets and session tokens are sealed with
public record Installation(
        String account,
        String region,
        String appInstanceId,
        AccessKey rootKey,
        MasterKey masterKey) {

    private static final String ACCOUNT = "account";
    private static final String REGION = "region";
    private static final String APP_INSTANCE_ID = "appInstanceId";

    private static final long ACCOUNT_MIN = 100_000_000_000L;
    private static final long ACCOUNT_END = 1_000_000_000_000L;

    private record Identity(String account, String region, String appInstanceId) {
    }

    /// The ARN of the app instance that exists from the start.
    public String appInstanceArn() {
        return "arn:aws:chime:" + region + ":" + account + ":app-instance/" + appInstanceId;
    }

    /// What the folder holds, if its first start is complete.
    ///
    /// @throws FolderUnusable if it is damaged, or its secrets are not sealed with the master key
    public static Optional<Installation> read(DataFolder folder, ServerConfig config, SecureRandom random) {
        if (!Files.exists(folder.installation()) || !Files.exists(folder.rootKey())) {
            return Optional.empty();
        }
        Identity identity = readIdentity(folder.installation());
        MasterKey masterKey = new MasterKeyFile(folder, config.keys(), random).read();
        return Optional.of(with(identity, new RootKeyFile(folder, masterKey, identity.account()).read(), masterKey));
    }

    /// The account whose resources the folder holds, if its first start has settled that.
    ///
    /// @throws FolderUnusable if the folder is damaged
    public static Optional<Account> account(DataFolder folder) {
        if (!Files.exists(folder.installation())) {
            return Optional.empty();
        }
        Identity identity = readIdentity(folder.installation());
        return Optional.of(new Account(identity.account(), identity.region()));
    }

    /// What the folder holds, after creating what is not there yet. The caller holds the folder's lock.
    ///
    /// @throws FolderUnusable if the folder cannot be written, is damaged, or was made for something else than the
    ///         configuration says
    public static Installation complete(DataFolder folder, ServerConfig config, SecureRandom random) {
        try {
            Identity identity = completeIdentity(folder, config, random);
            MasterKey masterKey = new MasterKeyFile(folder, config.keys(), random).complete();
            var rootKey = new RootKeyFile(folder, masterKey, identity.account());
            return with(identity, rootKey.complete(config, random), masterKey);
        } catch (IOException problem) {
            throw new FolderUnusable("the data folder " + folder + " cannot be written: " + problem, problem);
        }
    }

    private static Installation with(Identity identity, AccessKey rootKey, MasterKey masterKey) {
        return new Installation(identity.account(), identity.region(), identity.appInstanceId(), rootKey, masterKey);
    }

    /// Where the root key is kept.
    public RootKeyFile rootKeyFile(DataFolder folder) {
        return new RootKeyFile(folder, masterKey, account);
    }

    private static Identity completeIdentity(DataFolder folder, ServerConfig config, SecureRandom random)
            throws IOException {
        Path file = folder.installation();
        if (Files.exists(file)) {
            Identity identity = readIdentity(file);
            requireSame(Setting.ACCOUNT, config.account(), identity.account(), folder);
            requireSame(Setting.REGION, config.region(), identity.region(), folder);
            return identity;
        }
        if (Files.exists(folder.store())) {
            throw new FolderUnusable(folder.store() + " holds data, but " + file + " is gone; put it back", null);
        }
        var identity = new Identity(
                config.account() == null
                        ? Long.toString(random.nextLong(ACCOUNT_MIN, ACCOUNT_END))
                        : config.account(),
                config.region(),
                UUID.randomUUID().toString());
        DurableFile.write(file, PropertiesText.entry(ACCOUNT, identity.account())
                + PropertiesText.entry(REGION, identity.region())
                + PropertiesText.entry(APP_INSTANCE_ID, identity.appInstanceId()));
        return identity;
    }

    private static void requireSame(Setting setting, @Nullable String configured, String settled, DataFolder folder) {
        if (configured != null && !configured.equals(settled)) {
            throw new FolderUnusable(setting.key() + " is " + configured + ", but the data folder " + folder
                    + " was made for " + settled + ", which cannot be changed", null);
        }
    }

    private static Identity readIdentity(Path file) {
        Map<String, String> entries = entries(file);
        return new Identity(
                required(entries, ACCOUNT, file),
                required(entries, REGION, file),
                required(entries, APP_INSTANCE_ID, file));
    }

    private static Map<String, String> entries(Path file) {
        try {
            return PropertiesText.read(file);
        } catch (IOException problem) {
            throw new FolderUnusable(file + " cannot be read: " + problem, problem);
        }
    }

    private static String required(Map<String, String> entries, String key, Path file) {
        String value = entries.get(key);
        if (value == null || value.isEmpty()) {
            throw new FolderUnusable(file + " is damaged: it has no " + key, null);
        }
        return value;
    }
}
