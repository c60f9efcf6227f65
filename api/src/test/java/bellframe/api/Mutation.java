package bellframe.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Spoils what a fuzzer feeds to a parser, one small change at a time.
///
/// @param pieces texts that mean something to the parser, to be put in anywhere
public record Mutation(Random random, List<String> pieces) {

    private static final int SHORT_MAX_BYTES = 6;
    private static final int LONG_MAX_BYTES = 150;

    /// The bytes with a byte or a piece put in, or with a part doubled or left out.
    public byte[] changed(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int length = random.nextInt(random.nextInt(8) == 0 ? LONG_MAX_BYTES : SHORT_MAX_BYTES);
        int to = Math.min(bytes.length, from + length);
        var changed = new ByteArrayOutputStream();
        changed.write(bytes, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> changed.write(random.nextInt(256));
            case 1 -> changed.writeBytes(pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8));
            case 2 -> changed.write(bytes, from, to - from);
            default -> from = to;
        }
        changed.write(bytes, from, bytes.length - from);
        return changed.toByteArray();
    }
}
