package bellframe.clients;

import static bellframe.clients.Step.binary;
import static bellframe.clients.Step.bytes;
import static bellframe.clients.Step.close;
import static bellframe.clients.Step.closing;
import static bellframe.clients.Step.frame;
import static bellframe.clients.Step.hex;
import static bellframe.clients.Step.ping;
import static bellframe.clients.Step.pong;
import static bellframe.clients.Step.text;
import static bellframe.clients.Step.unmasked;
import static bellframe.clients.Step.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What clients may send and may not, and what RFC 6455 has servers answer.
final class WebSocketCases {

    private static final int FRAME_MAX_BYTES = 4096;
    private static final int NO_CODE = 1005;

    private WebSocketCases() {
    }

    /// What a client may send as often as it likes.
    record Allowed(String what, List<Step> steps) {

        static Allowed that(String what, Step... steps) {
            return new Allowed(what, List.of(steps));
        }

        List<String> pings() {
            return steps.stream().filter(Step::isPing).map(Step::payload).toList();
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /// What a client may not send, and the close code by which it is told.
    record Broken(String what, int code, List<Step> steps) {

        static Broken that(String what, int code, Step... steps) {
            return new Broken(what, code, List.of(steps));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /// How a client ends a session, and the code of the close frame that comes back.
    record Farewell(String what, int code, List<Step> steps) {

        @Override
        public String toString() {
            return what;
        }
    }

    /// A header of the handshake that is changed, or removed if it is empty, and the status of the answer.
    record Opening(String header, String value, int status) {
    }

    static List<Allowed> allowed() {
        return List.of(
                Allowed.that("a ping", ping("")),
                Allowed.that("a ping of 125 bytes", ping("ff".repeat(125))),
                Allowed.that("pings one after the other", ping("01"), ping("02"), ping("03")),
                Allowed.that("pongs that nobody asked for", pong(""), pong(zeros(125))),
                Allowed.that("a text", text(true, hex("Hello 👋, nul \0"))),
                Allowed.that("a binary message", binary(true, "ff00")),
                Allowed.that("a text of nothing", text(true, "")),
                Allowed.that("a binary message of nothing", binary(true, "")),
                Allowed.that("a text of 125 bytes", text(true, zeros(125))),
                Allowed.that("a text of 126 bytes", text(true, zeros(126))),
                Allowed.that("the largest text", text(true, zeros(FRAME_MAX_BYTES))),
                Allowed.that("the largest binary frame", binary(true, zeros(FRAME_MAX_BYTES))),
                Allowed.that("a text in two", text(false, hex("Hel")), text(true, hex("lo"))),
                Allowed.that("a binary message in two", binary(false, "ff"), binary(true, "00")),
                Allowed.that("a text in fragments of nothing", text(false, ""), text(false, ""), text(true, "")),
                Allowed.that("a ping between fragments", text(false, hex("a")), ping("01"), text(true, hex("b"))),
                new Allowed("forty fragments with pings between them", fragmentsAndPings(40)),
                // RFC 6455 asks for a limit where messages are put together (10.4); here each frame is dropped.
                Allowed.that("a message of more than the largest frame", text(false, zeros(FRAME_MAX_BYTES)),
                        text(false, zeros(FRAME_MAX_BYTES)), text(true, zeros(1))),
                Allowed.that("a character cut by its fragments",
                        text(false, "f09f"), ping("01"), text(false, ""), text(false, "91"), text(true, "8b")),
                Allowed.that("a frame in many writes", segments("81850102030449676f686e")),
                Allowed.that("a frame with a mask of zeros", bytes("81850000000048656c6c6f")),
                Allowed.that("two frames in one write", bytes("818100000000618a8000000000")));
    }

    private static List<Step> fragmentsAndPings(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            steps.add(text(i == count, hex("é")));
            if (i % 10 == 0) {
                steps.add(ping("%04x".formatted(i)));
            }
        }
        return steps;
    }

    private static Step[] segments(String hex) {
        return IntStream.range(0, hex.length() / 2)
                .mapToObj(i -> bytes(hex.substring(2 * i, 2 * i + 2)))
                .toArray(Step[]::new);
    }

    static List<Farewell> farewells() {
        List<Farewell> farewells = new ArrayList<>(List.of(
                new Farewell("without a code", NO_CODE, List.of(close())),
                new Farewell("with a reason", 1001, List.of(close(1001, "so long 👋"))),
                new Farewell("with the longest reason", 1000, List.of(close(1000, "x".repeat(123)))),
                new Farewell("between fragments", 1000, List.of(text(false, hex("a")), close(1000, ""))),
                // What follows a close frame is not looked at (1.4), rules broken or not.
                new Farewell("and more data", 1000, List.of(bytes("888200000000" + closing(1000, "")
                        + "818100000000ff" + "030000"))),
                new Farewell("and more data later", 1000, List.of(frame(0x88, closing(1000, "")), frame(0x81, "ff")))));
        IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999)
                .mapToObj(code -> new Farewell("with " + code, code, List.of(close(code, ""))))
                .forEach(farewells::add);
        return farewells;
    }

    static List<Broken> broken() {
        List<Broken> broken = new ArrayList<>(List.of(
                Broken.that("an unmasked text", 1002, unmasked(0x81, hex("x"))),
                Broken.that("an unmasked ping", 1002, unmasked(0x89, "")),
                Broken.that("an unmasked close", 1002, unmasked(0x88, closing(1000, ""))),
                Broken.that("the first reserved bit", 1002, frame(0xc1, hex("x"))),
                Broken.that("the second reserved bit", 1002, frame(0xa1, hex("x"))),
                Broken.that("the third reserved bit", 1002, frame(0x91, hex("x"))),
                Broken.that("a reserved bit in a ping", 1002, frame(0xc9, "")),
                Broken.that("a compressed text", 1002, frame(0xc1, "f248cdc9c90700")),
                Broken.that("a fragmented ping", 1002, frame(0x09, "")),
                Broken.that("a fragmented pong", 1002, frame(0x0a, "")),
                Broken.that("a fragmented close", 1002, frame(0x08, closing(1000, ""))),
                Broken.that("a ping of 126 bytes", 1002, frame(0x89, zeros(126))),
                Broken.that("a pong of 126 bytes", 1002, frame(0x8a, zeros(126))),
                Broken.that("a close of 126 bytes", 1002, frame(0x88, closing(1000, hex("x".repeat(124))))),
                Broken.that("a continuation of nothing", 1002, frame(0x80, hex("x"))),
                Broken.that("a continuation of what is complete", 1002, frame(0x81, ""), frame(0x80, "")),
                Broken.that("a text inside a text", 1002, frame(0x01, ""), frame(0x81, "")),
                Broken.that("a binary message inside a text", 1002, text(false, ""), frame(0x82, "")),
                Broken.that("a close with half a code", 1002, frame(0x88, "03")),
                Broken.that("a reason that is not UTF-8", 1007, frame(0x88, closing(1000, "c080"))),
                Broken.that("a reason that is cut", 1007, frame(0x88, closing(1000, "e282"))),
                Broken.that("a text that is too long a form", 1007, frame(0x81, "c0af")),
                Broken.that("a text of half a surrogate pair", 1007, frame(0x81, "eda080")),
                Broken.that("a text beyond Unicode", 1007, frame(0x81, "f4908080")),
                Broken.that("a text that ends inside a character", 1007, frame(0x81, "e282")),
                Broken.that("a text that goes wrong later", 1007, text(false, "e2"), ping(""), frame(0x80, "28")),
                Broken.that("a fragmented text that ends inside a character", 1007, text(false, "e2"),
                        frame(0x80, "82")),
                Broken.that("a frame beyond the largest", 1009, frame(0x81, zeros(FRAME_MAX_BYTES + 1))),
                Broken.that("a frame far beyond the largest", 1009, frame(0x82, zeros(1 << 16))),
                Broken.that("a fragment beyond the largest", 1009, text(false, ""),
                        frame(0x80, zeros(FRAME_MAX_BYTES + 1))),
                Broken.that("a length of 2^31", 1009, bytes("81ff000000008000000000000000")),
                Broken.that("a length of 2^63 - 1", 1009, bytes("81ff7fffffffffffffff00000000")),
                Broken.that("a length of 2^63", 1002, bytes("81ff800000000000000000000000")),
                Broken.that("a length of 5 in 8 bytes", 1002, bytes("81ff000000000000000500000000" + hex("Hello"))),
                Broken.that("a length of 5 in 2 bytes", 1002, bytes("81fe000500000000" + hex("Hello"))),
                Broken.that("a broken frame and a close", 1002, frame(0x83, ""), close(1000, ""))));
        IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .mapToObj(opcode -> Broken.that("opcode " + opcode, 1002, frame(0x80 | opcode, "")))
                .forEach(broken::add);
        // No section gives codes from 5000 a meaning.
        IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535)
                .mapToObj(code -> Broken.that("close code " + code, 1002, frame(0x88, closing(code, ""))))
                .forEach(broken::add);
        return broken;
    }

    static List<Opening> openings() {
        return List.of(
                new Opening("Connection", "keep-alive, Upgrade", 101),
                new Opening("Connection", "UPGRADE", 101),
                new Opening("Upgrade", "WebSocket", 101),
                new Opening("Sec-WebSocket-Version", "8", 426),
                new Opening("Sec-WebSocket-Version", "14", 426),
                new Opening("Sec-WebSocket-Version", "", 426),
                new Opening("Sec-WebSocket-Key", "", 400),
                new Opening("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAA", 400),
                new Opening("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAAAA", 400),
                new Opening("Sec-WebSocket-Key", "no Base64 but 24 letters", 400));
    }
}
