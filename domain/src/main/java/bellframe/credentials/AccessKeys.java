package bellframe.credentials;

import org.jspecify.annotations.Nullable;

/// Finds access keys by their id.
@FunctionalInterface
public interface AccessKeys {

    @Nullable
    AccessKey find(String accessKeyId);
}
