package bellframe.server;

import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.server.folder.FolderUnusable;
import bellframe.streaming.ReplayPoint;
import bellframe.streaming.StreamReplay.Selection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an operator asks a running server to replay; five lines of text on their way to it.
///
/// @param stream the ARN of the stream to append to; null for the one that the app instance has for its messages
/// @param after where to go on; null to begin
record ReplayRequest(Selection selection, @Nullable String stream, @Nullable ReplayPoint after) {

    private static final int LINES = 5;

    /// The messages of an app instance, or of a channel.
    ///
    /// @throws FolderUnusable if the ARN is of neither
    static Selection selection(String arn, @Nullable Instant from, @Nullable Instant to) {
        return ChannelArn.parse(arn)
                .map(channel -> new Selection(channel.appInstance(), channel, from, to))
                .or(() -> AppInstanceArn.parse(arn).map(app -> new Selection(app, null, from, to)))
                .orElseThrow(() -> new FolderUnusable(arn + " is the ARN of no app instance and no channel", null));
    }

    static ReplayPoint point(String text) {
        return ReplayPoint.parse(text)
                .orElseThrow(() -> new FolderUnusable(text + " is not where a replay ended", null));
    }

    ReplayRequest from(@Nullable ReplayPoint next) {
        return new ReplayRequest(selection, stream, next);
    }

    /// The ARN of what is replayed.
    String arn() {
        return selection.channel() == null ? selection.appInstance().toString() : selection.channel().toString();
    }

    /// Reads what [#toString] wrote.
    ///
    /// @throws FolderUnusable if it is something else
    static ReplayRequest parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES) {
            throw new FolderUnusable("a replay is asked for in " + LINES + " lines", null);
        }
        return new ReplayRequest(
                selection(lines[0], optional(lines[1], ReplayRequest::time), optional(lines[2], ReplayRequest::time)),
                optional(lines[3], Function.identity()), optional(lines[4], ReplayRequest::point));
    }

    private static <T> @Nullable T optional(String line, Function<String, T> read) {
        return line.isEmpty() ? null : read.apply(line);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException problem) {
            throw new FolderUnusable(text + " is no time like 2026-03-01T12:00:00Z", problem);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", arn(), orEmpty(selection.notBefore()), orEmpty(selection.notAfter()), orEmpty(stream),
                orEmpty(after));
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
