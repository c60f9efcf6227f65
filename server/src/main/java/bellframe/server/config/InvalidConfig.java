package bellframe.server.config;

import org.jspecify.annotations.Nullable;

/// The configuration cannot be used; the message names the key, its value and what is allowed.
public final class InvalidConfig extends RuntimeException {

    private final @Nullable Setting setting;

    public InvalidConfig(String message) {
        this(null, message);
    }

    InvalidConfig(@Nullable Setting setting, String message) {
        super(message, null, false, false);
        this.setting = setting;
    }

    @Nullable
    Setting setting() {
        return setting;
    }
}
