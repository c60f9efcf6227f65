package bellframe.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that name a partition or a row, ordered as unsigned bytes.
///
/// Built from parts so that no two lists of parts give the same bytes and keys sort by their parts, first to last:
/// texts end in a terminator that sorts below every other byte, numbers are fixed-width and big-endian.
public final class Key implements Comparable<Key> {

    /// The key of no parts: the only row of a partition that has one row.
    public static final Key EMPTY = new Key(new byte[0]);

    /// The longest key that every store takes.
    public static final int MAX_BYTES = 0x7FFF;

    private static final int ESCAPE = 0xFF;
    private static final byte[] TERMINATOR = {0, 0};

    private final byte[] bytes;

    private Key(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes, the most is " + MAX_BYTES);
        }
        this.bytes = bytes;
    }

    /// Takes bytes that a store kept; the caller must not change them afterwards.
    public static Key ofBytes(byte[] bytes) {
        return new Key(bytes);
    }

    public static Key of(String... texts) {
        var key = builder();
        for (String text : texts) {
            key.text(text);
        }
        return key.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// The key's bytes; not a copy, so the caller must not change them.
    public byte[] bytes() {
        return bytes;
    }

    /// The text that a key begins with.
    ///
    /// @throws IllegalStateException if it begins with something else
    public String firstText() {
        var text = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i + 1 < bytes.length; i++) {
            text.write(bytes[i]);
            if (bytes[i] == 0) {
                if (bytes[i + 1] == 0) {
                    byte[] read = text.toByteArray();
                    return new String(read, 0, read.length - 1, StandardCharsets.UTF_8);
                }
                i++;
            }
        }
        throw new IllegalStateException("the key does not begin with a text");
    }

    /// The lowest key above this one.
    public Key next() {
        return new Key(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    /// Appends parts in order.
    public static final class Builder {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

        /// Any text. U+0000, which would look like the terminator, is escaped as 00 FF.
        public Builder text(String text) {
            byte[] units = text.getBytes(StandardCharsets.UTF_8);
            if (text.indexOf(0) < 0) {
                // As nearly always; every call of the stream takes its lock, and keys are built all the time.
                bytes.writeBytes(units);
            } else {
                writeEscaped(units);
            }
            bytes.writeBytes(TERMINATOR);
            return this;
        }

        private void writeEscaped(byte[] units) {
            for (byte unit : units) {
                bytes.write(unit);
                if (unit == 0) {
                    bytes.write(ESCAPE);
                }
            }
        }

        /// A number from 0 to 255.
        public Builder number8(int number) {
            bytes.write(number);
            return this;
        }

        /// A number that sorts by its value if it is not negative.
        public Builder number64(long number) {
            bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return this;
        }

        public Key build() {
            return new Key(bytes.toByteArray());
        }
    }
}
