package bellframe.http;

import bellframe.api.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Undoes percent-encoding, once.
final class PercentEncoding {

    private PercentEncoding() {
    }

    /// Decodes a path segment, in which a plus is a plus.
    static String decodeSegment(String text) {
        return text.indexOf('%') < 0 ? text : decode(text, false);
    }

    /// Decodes a name or value of a query, in which a plus is a space.
    static String decodeQuery(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        // Decoding never makes a text longer, and the wire hands us one char per byte.
        byte[] bytes = new byte[text.length()];
        int length = 0;
        int seen = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '%') {
                bytes[length] = hexPair(text, at + 1);
                at += 2;
            } else {
                bytes[length] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
            seen |= bytes[length++];
        }
        boolean ascii = seen >= 0;
        return ascii ? new String(bytes, 0, length, StandardCharsets.US_ASCII) : utf8(bytes, length);
    }

    private static byte hexPair(String text, int at) {
        int high = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new InvalidInput("The request target holds a percent sign without two hexadecimal digits.");
        }
        return (byte) ((high << 4) | low);
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("The request target is not valid UTF-8 when percent-decoded.");
        }
    }
}
