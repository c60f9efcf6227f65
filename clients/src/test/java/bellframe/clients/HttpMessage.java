package bellframe.clients;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request or an answer as it came, head and body.
record HttpMessage(byte[] head, byte[] content) {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern EXPECT = Pattern.compile("(?im)^expect:.*\\r\\n");
    private static final Pattern SEND = Pattern.compile("POST /channels/[^/?]+/messages HTTP/1\\.1\\r\\n");

    /// The next message; null at the end. A client that waits to be told to go on is told.
    static @Nullable HttpMessage read(InputStream in, OutputStream out) throws IOException {
        String head = head(in);
        if (head == null) {
            return null;
        }
        Matcher expect = EXPECT.matcher(head);
        if (expect.find()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            head = expect.replaceAll("");
        }
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        byte[] content = in.readNBytes(bytes);
        if (content.length < bytes) {
            throw new EOFException();
        }
        return new HttpMessage(head.getBytes(StandardCharsets.ISO_8859_1), content);
    }

    boolean sendsMessage() {
        return SEND.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    String body() {
        return new String(content, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(content);
        return all.toByteArray();
    }

    private static @Nullable String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
