package bellframe.rows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes one row: a format version in the first byte, then the record's fields in a fixed order.
///
/// Numbers are variable-length (7 bits a byte, zig-zag), texts are UTF-8 behind their length, an absent value is a zero
/// byte and a present one follows a one byte. A field added to a record goes to the end, under a higher version.
public final class RowWriter {

    private static final int DIGITS_MAX = (Long.SIZE + 6) / 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    /// Of the number that is being written, since every call of the stream takes its lock.
    private final byte[] digits = new byte[DIGITS_MAX];

    /// @param version 1 to 255
    public RowWriter(int version) {
        bytes.write(version);
    }

    public RowWriter number(long number) {
        long rest = (number << 1) ^ (number >> (Long.SIZE - 1));
        int length = 0;
        while ((rest & ~0x7FL) != 0) {
            digits[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        digits[length++] = (byte) rest;
        bytes.write(digits, 0, length);
        return this;
    }

    public RowWriter flag(boolean flag) {
        bytes.write(flag ? 1 : 0);
        return this;
    }

    public RowWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public RowWriter bytes(byte[] value) {
        number(value.length);
        bytes.writeBytes(value);
        return this;
    }

    /// To the millisecond, as the API shows it.
    public RowWriter time(Instant time) {
        return number(time.toEpochMilli());
    }

    public RowWriter name(Enum<?> constant) {
        return text(constant.name());
    }

    /// Writes whether the value is there and, if so, the value.
    public <T> RowWriter optional(@Nullable T value, BiConsumer<RowWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    public <T> RowWriter list(Collection<T> values, BiConsumer<RowWriter, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
