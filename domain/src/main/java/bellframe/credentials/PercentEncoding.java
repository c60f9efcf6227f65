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

    private final String alsoLiteral;

    PercentEncoding(String alsoLiteral) {
        this.alsoLiteral = alsoLiteral;
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
        var encoded = new StringBuilder(bytes.length + bytes.length / 4);
        for (byte b : bytes) {
            if (isLiteral(b)) {
                encoded.append((char) b);
            } else {
                HEX.toHexDigits(encoded.append('%'), b);
            }
        }
        return encoded.toString();
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
        return isLetterOrDigit(b) || UNRESERVED_SIGNS.indexOf(b) >= 0 || alsoLiteral.indexOf(b) >= 0;
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
