package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.server.folder.FolderUnusable;
import bellframe.streaming.ReplayPoint;
import bellframe.streaming.StreamReplay.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayingTest {

    private static final String APP = "arn:aws:chime:us-east-1:123456789012:app-instance/app";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-a";
    private static final ReplayPoint ONE = ReplayRequest.point("PUBLIC:00aa:");
    private static final ReplayPoint TWO = ReplayRequest.point("PRIVATE:01bb:0a.b:c@d:0000000000000001");
    private static final ReplayRequest BEGIN = new ReplayRequest(ReplayRequest.selection(APP, null, null), STREAM,
            null);

    private final List<ReplayRequest> asked = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Part> parts = new ArrayDeque<>();
    private long nanos;
    private final Replaying replaying = new Replaying(request -> {
        asked.add(request);
        return parts.size() == 1 ? parts.getFirst() : parts.removeFirst();
    }, () -> nanos, pause -> {
        pauses.add(pause);
        nanos += pause.toNanos();
    }, _ -> {
    });

    @Test
    void partsAreAskedForUntilAllIsDone() throws Exception {
        parts.addAll(List.of(new Part(5, 0, ONE, null), new Part(0, 1, TWO, null), new Part(2, 0, null, null)));

        assertThat(replaying.run(BEGIN)).isEqualTo("messages appended: 7, refused for good: 1");

        assertThat(asked).containsExactly(BEGIN, BEGIN.from(ONE), BEGIN.from(TWO));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aStreamThatFailsForAMomentIsWaitedFor() throws Exception {
        parts.addAll(List.of(new Part(5, 0, ONE, "down"), new Part(0, 0, ONE, "down"), new Part(0, 0, ONE, "down"),
                new Part(1, 0, TWO, "down"), new Part(2, 0, null, null)));

        assertThat(replaying.run(BEGIN)).isEqualTo("messages appended: 8");

        assertThat(asked).containsExactly(BEGIN, BEGIN.from(ONE), BEGIN.from(ONE), BEGIN.from(ONE), BEGIN.from(TWO));
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 1L);
    }

    @Test
    void aStreamThatTakesNothingForAMinuteIsGivenUp() {
        parts.addAll(List.of(new Part(5, 0, ONE, null), new Part(0, 0, ONE, "down")));

        assertThatThrownBy(() -> replaying.run(BEGIN)).isInstanceOf(IOException.class)
                .hasMessage("the stream takes nothing: down; messages appended: 5; to go on, add --after " + ONE);

        assertThat(pauses.stream().mapToLong(Duration::toSeconds).sum()).isBetween(60L, 68L);
    }

    @Test
    void howToGoOnIsSaidToo() {
        var gone = new Replaying(_ -> {
            throw new IOException("the server ended");
        }, () -> 0, _ -> {
        }, _ -> {
        });

        assertThatThrownBy(() -> gone.run(BEGIN.from(TWO))).isInstanceOf(IOException.class)
                .hasMessage("the server ended; messages appended: 0; to go on, add --after " + TWO);
    }

    static Stream<ReplayRequest> requests() {
        return Stream.of(BEGIN, BEGIN.from(TWO), new ReplayRequest(ReplayRequest.selection(APP + "/channel/a.b:c@d",
                Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-02T12:00:00.123Z")), null, ONE));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aServerReadsWhatACommandWrote(ReplayRequest request) {
        assertThat(ReplayRequest.parse(request.toString())).hasToString(request.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", APP, APP + "\n\n\n\n\n", APP + "/user/a\n\n\n\n", APP + "\nyesterday\n\n\n",
            APP + "\n\n\n\nhere"})
    void whatIsNoRequestIsRefused(String text) {
        assertThatThrownBy(() -> ReplayRequest.parse(text)).isInstanceOf(FolderUnusable.class);
    }

    @Test
    void aCommandReadsWhatAServerWrote() throws IOException {
        for (Part part : List.of(new Part(1, 2, null, null), new Part(0, 0, TWO, "502 from it"),
                new Part(7, 0, ONE, null))) {
            assertThat(ReplayAnswer.parse(new ReplayAnswer(part).toString())).hasToString(
                    new ReplayAnswer(part).toString());
        }
        for (String text : List.of("", "1\n2\n3\n4", "a\n2\n-\n-", "1\n2\n-")) {
            assertThatThrownBy(() -> ReplayAnswer.parse(text)).isInstanceOf(IOException.class);
        }
    }
}
