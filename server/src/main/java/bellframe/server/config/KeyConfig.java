package bellframe.server.config;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What keys are kept and checked with. [Setting] says what each component means.
public record KeyConfig(
        @Nullable Secret masterKey,
        @Nullable Secret previousMasterKey,
        @Nullable Path identityProviderCaFile) {

    private static final Pattern MASTER_KEY = Pattern.compile("[0-9A-Fa-f]{64}");

    public KeyConfig {
        Setting.MASTER_KEY.require(isKey(masterKey), masterKey);
        Setting.PREVIOUS_MASTER_KEY.require(isKey(previousMasterKey)
                && (previousMasterKey == null || !previousMasterKey.equals(masterKey)), previousMasterKey);
        if (previousMasterKey != null && masterKey == null) {
            throw new InvalidConfig("previousMasterKey goes with masterKey: set both, or masterKey alone");
        }
    }

    private static boolean isKey(@Nullable Secret key) {
        return key == null || MASTER_KEY.matcher(key.value()).matches();
    }
}
