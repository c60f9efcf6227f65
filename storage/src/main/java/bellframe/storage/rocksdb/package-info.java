/// The embedded store: rows in RocksDB, in one folder of this machine.
///
/// Start with [RocksDbStorage]; `docs/decisions/0002-rocksdb.md` tells how rows lie on disk. Writes run on the
/// thread that commits, reads that find their blocks in memory on the caller's, others on a pool of platform threads.
@NullMarked
package bellframe.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
