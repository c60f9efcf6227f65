package bellframe.storage;

/// One row of a scan: its key within the partition, and its value.
public record Row(Key key, byte[] value) {
}
