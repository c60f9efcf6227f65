package bellframe.storage.memory;

import bellframe.storage.Storage;
import bellframe.storage.StorageContract;

class MemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new MemoryStorage();
    }
}
