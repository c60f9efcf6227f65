package bellframe.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Sends standard, persistent messages of one length to some channels in turn, each with a token of its own.
public final class Messages implements Script {

    private static final String AFTER_CONTENT = "\",\"Type\":\"STANDARD\",\"Persistence\":\"PERSISTENT\","
            + "\"ClientRequestToken\":\"";
    private static final int COUNTER_DIGITS = 16;
    private static final int BITS_PER_DIGIT = 4;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final List<Request> channels;
    private final byte[] template;
    private final int counterAt;
    private long sent;

    /// @param channels one [Request#send] for each channel
    public Messages(List<Request> channels, int contentCharacters) {
        this.channels = channels;
        String start = "{\"Content\":\"" + "m".repeat(contentCharacters) + AFTER_CONTENT + UUID.randomUUID() + "-";
        counterAt = start.length();
        template = (start + "0".repeat(COUNTER_DIGITS) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Step next() {
        byte[] body = template.clone();
        long counter = sent++;
        for (int digit = COUNTER_DIGITS - 1; digit >= 0; digit--) {
            body[counterAt + digit] = DIGITS[(int) counter & (DIGITS.length - 1)];
            counter >>>= BITS_PER_DIGIT;
        }
        return new Step(channels.get((int) ((sent - 1) % channels.size())), body);
    }
}
