package bellframe.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A request as it goes over the wire, sane or not. Text is one char a byte.
///
/// @param headers in order; a name may come several times
record AttackRequest(String method, String target, String version, List<Header> headers, byte[] body) {

    record Header(String name, String value) {
    }

    static AttackRequest of(String method, String target) {
        return new AttackRequest(method, target, "HTTP/1.1", List.of(), new byte[0]);
    }

    AttackRequest with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new AttackRequest(method, target, version, more, body);
    }

    AttackRequest without(String name) {
        return new AttackRequest(method, target, version,
                headers.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList(), body);
    }

    /// Puts one value in place of all that a header has.
    AttackRequest replace(String name, String value) {
        return without(name).with(name, value);
    }

    AttackRequest withMethod(String other) {
        return new AttackRequest(other, target, version, headers, body);
    }

    AttackRequest withTarget(String other) {
        return new AttackRequest(method, other, version, headers, body);
    }

    AttackRequest withBody(String text) {
        return withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    AttackRequest withBody(byte[] bytes) {
        return new AttackRequest(method, target, version, headers, bytes);
    }

    /// The first value of a header.
    String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no header " + name))
                .value();
    }

    /// The request line and the headers, and a `Content-Length` unless they frame the body themselves.
    byte[] head() {
        var text = new StringBuilder(method).append(' ').append(target).append(' ').append(version).append("\r\n");
        headers.forEach(header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        boolean framed = headers.stream()
                .anyMatch(header -> header.name().equalsIgnoreCase("content-length")
                        || header.name().equalsIgnoreCase("transfer-encoding"));
        if (!framed && body.length > 0) {
            text.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        byte[] head = head();
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
