package bellframe.server.folder;

/// Another process uses the data folder.
public final class FolderLocked extends RuntimeException {

    public FolderLocked(String message) {
        super(message, null, false, false);
    }
}
