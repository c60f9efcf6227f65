package bellframe.rows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [RowWriter] wrote, field by field in the same order.
///
/// A row that ends early or is of a newer version than the reader knows is broken: [IllegalStateException].
public final class RowReader {

    private final byte[] bytes;
    private final int version;
    private int next = 1;

    /// @param newest the highest version that the caller understands
    public RowReader(byte[] bytes, int newest) {
        this.bytes = bytes;
        this.version = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]);
        if (version < 1 || version > newest) {
            throw new IllegalStateException("row of version " + version + ", known are 1 to " + newest);
        }
    }

    /// The version the row was written in; an older row lacks the fields that came later.
    public int version() {
        return version;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int unit = nextByte();
            value |= (long) (unit & 0x7F) << shift;
            if ((unit & 0x80) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalStateException("a number of the row does not end");
    }

    public boolean flag() {
        return nextByte() == 1;
    }

    public String text() {
        int length = length();
        var text = new String(bytes, next, length, StandardCharsets.UTF_8);
        next += length;
        return text;
    }

    public byte[] bytes() {
        int length = length();
        byte[] value = Arrays.copyOfRange(bytes, next, next + length);
        next += length;
        return value;
    }

    public Instant time() {
        return Instant.ofEpochMilli(number());
    }

    public <E extends Enum<E>> E name(Class<E> type) {
        String name = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalStateException("the row holds no " + type.getSimpleName());
    }

    public <T> @Nullable T optional(Function<RowReader, T> read) {
        return flag() ? read.apply(this) : null;
    }

    public <T> List<T> list(Function<RowReader, T> read) {
        int size = length();
        var values = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return List.copyOf(values);
    }

    private int length() {
        long length = number();
        if (length < 0 || length > bytes.length - next) {
            throw new IllegalStateException("the row ends within a value");
        }
        return (int) length;
    }

    private int nextByte() {
        if (next >= bytes.length) {
            throw new IllegalStateException("the row ends before its last field");
        }
        return Byte.toUnsignedInt(bytes[next++]);
    }
}
