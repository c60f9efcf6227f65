package bellframe.storage.rocksdb;

/// A read that was to touch memory only needs the disk.
final class NotInMemory extends RuntimeException {

    NotInMemory() {
        super("blocks are not in memory", null, false, false);
    }
}
