package bellframe.clients;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// One thing that a WebSocket library is told to send.
record Step(Map<String, ?> json) {

    private static final HexFormat HEX = HexFormat.of();

    /// A text, or a part of one: after one that is not the last, any message goes on with it.
    static Step text(boolean last, String hex) {
        return message("text", last, hex);
    }

    static Step binary(boolean last, String hex) {
        return message("binary", last, hex);
    }

    private static Step message(String type, boolean last, String hex) {
        return new Step(Map.of("How", "message", "Type", type, "Last", last, "Payload", hex));
    }

    static Step ping(String hex) {
        return new Step(Map.of("How", "ping", "Payload", hex));
    }

    static Step pong(String hex) {
        return new Step(Map.of("How", "pong", "Payload", hex));
    }

    static Step close() {
        return new Step(Map.of("How", "close"));
    }

    static Step close(int code, String reason) {
        return new Step(Map.of("How", "close", "Code", code, "Reason", reason));
    }

    /// @param first the frame's first byte: the last fragment, three reserved bits, opcode
    static Step frame(int first, String hex) {
        return new Step(Map.of("How", "frame", "First", first, "Masked", true, "Payload", hex));
    }

    static Step unmasked(int first, String hex) {
        return new Step(Map.of("How", "frame", "First", first, "Masked", false, "Payload", hex));
    }

    /// Bytes for the socket, in a write of their own.
    static Step bytes(String hex) {
        return new Step(Map.of("How", "bytes", "Payload", hex));
    }

    static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The payload of a close frame.
    static String closing(int code, String reasonHex) {
        return HEX.toHexDigits((short) code) + reasonHex;
    }

    static String zeros(int length) {
        return "00".repeat(length);
    }

    boolean isPing() {
        return "ping".equals(json.get("How"));
    }

    String payload() {
        return json.get("Payload") instanceof String hex ? hex : "";
    }
}
