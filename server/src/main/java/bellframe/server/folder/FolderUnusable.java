package bellframe.server.folder;

import org.jspecify.annotations.Nullable;

/// The data folder cannot be used as it is; the message says why and what helps.
public final class FolderUnusable extends RuntimeException {

    public FolderUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
