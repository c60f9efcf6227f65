package bellframe.server;

import bellframe.streaming.ReplayPoint;
import bellframe.streaming.StreamReplay.Part;
import java.io.IOException;
import java.util.Optional;

/// How a running server tells what came of a part of a replay; four lines of text on their way to who asked.
record ReplayAnswer(Part part) {

    private static final int LINES = 4;
    private static final String NONE = "-";

    /// Reads what [#toString] wrote.
    ///
    /// @throws IOException if it is something else
    static ReplayAnswer parse(String text) throws IOException {
        String[] lines = text.split("\n", -1);
        try {
            if (lines.length == LINES) {
                Optional<ReplayPoint> next = ReplayPoint.parse(lines[2]);
                if (next.isPresent() || lines[2].equals(NONE)) {
                    return new ReplayAnswer(new Part(Long.parseLong(lines[0]), Long.parseLong(lines[1]),
                            next.orElse(null), lines[3].equals(NONE) ? null : lines[3]));
                }
            }
        } catch (NumberFormatException problem) {
            throw new IOException("the server answered what cannot be read", problem);
        }
        throw new IOException("the server answered what cannot be read");
    }

    @Override
    public String toString() {
        String failure = part.failure() == null ? NONE : part.failure().replace('\n', ' ');
        return part.appended() + "\n" + part.refused() + "\n" + (part.next() == null ? NONE : part.next()) + "\n"
                + failure;
    }
}
