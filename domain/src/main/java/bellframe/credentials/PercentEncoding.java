package bellframe.credentials;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding as the parties to a signature understand it, byte for byte: each char of a text from the wire is
/// one byte.
enum PercentEncoding {
    /// RFC 3986: only letters, digits and `-._~` stand for themselves.
    STRICT(""),
    /// What JavaScript's `encodeURIComponent` does.
    URI_COMPONENT("!'()*"),
    /// RFC 3986, but slashes stay what they are.
    PATH("/");

    private static final String UNRESERVED_SIGNS = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final int ESCAPE_BYTES = 3;

    // One bit for each byte from 0 to 63 and from 64 to 127 that stands for itself; higher ones never do.
    private final long literalsBelow64;
    private final long literalsFrom64;

    PercentEncoding(String alsoLiteral) {
        literalsBelow64 = literals(0, alsoLiteral);
        literalsFrom64 = literals(Long.SIZE, alsoLiteral);
    }

    private static long literals(int from, String alsoLiteral) {
        long literals = 0;
        for (int b = from; b < from + Long.SIZE; b++) {
            if (isLetterOrDigit(b) || UNRESERVED_SIGNS.indexOf(b) >= 0 || alsoLiteral.indexOf(b) >= 0) {
                literals |= 1L << b;
            }
        }
        return literals;
    }

    /// Encodes the text's bytes; a percent sign in it becomes `%25`.
    String encode(String text) {
        return encode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Decodes a part of a query and encodes it again, so that every spelling of the same bytes becomes one.
    String respell(String encoded) {
        return encode(bytes(encoded));
    }

    /// The text that a part of a query stands for: `+` is a space, and a percent sign that starts no escape is itself.
    static String decode(String encoded) {
        return needsDecoding(encoded) ? new String(bytes(encoded), StandardCharsets.UTF_8) : encoded;
    }

    private String encode(byte[] bytes) {
        byte[] encoded = new byte[ESCAPE_BYTES * bytes.length];
        int length = 0;
        for (byte b : bytes) {
            if (isLiteral(b)) {
                encoded[length++] = b;
            } else {
                encoded[length++] = '%';
                encoded[length++] = (byte) HEX.toHighHexDigit(b);
                encoded[length++] = (byte) HEX.toLowHexDigit(b);
            }
        }
        return new String(encoded, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean needsDecoding(String encoded) {
        return encoded.indexOf('%') >= 0 || encoded.indexOf('+') >= 0;
    }

    private static byte[] bytes(String encoded) {
        byte[] raw = encoded.getBytes(StandardCharsets.ISO_8859_1);
        if (!needsDecoding(encoded)) {
            return raw;
        }
        var decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (startsEscape(raw, i)) {
                decoded.write(Character.digit(raw[i + 1], 16) << 4 | Character.digit(raw[i + 2], 16));
                i += 2;
            } else {
                decoded.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return decoded.toByteArray();
    }

    private static boolean startsEscape(byte[] raw, int at) {
        return raw[at] == '%' && at + 2 < raw.length && isHex(raw[at + 1]) && isHex(raw[at + 2]);
    }

    private static boolean isHex(byte b) {
        return HexFormat.isHexDigit(b);
    }

    private boolean isLiteral(byte b) {
        long literals = b < Long.SIZE ? literalsBelow64 : literalsFrom64;
        return b >= 0 && (literals >>> b & 1) != 0;
    }

    private static boolean isLetterOrDigit(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
