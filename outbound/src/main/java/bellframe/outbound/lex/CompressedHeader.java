package bellframe.outbound.lex;

import bellframe.outbound.json.JsonValue;
import bellframe.outbox.DeliveryFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A header in which Lex answers: JSON, compressed with gzip, in Base64.
final class CompressedHeader {

    /// Far more than the longest answer of Lex.
    static final int MAX_BYTES = 256 * 1024;

    private CompressedHeader() {
    }

    /// Null in JSON if there is no header.
    ///
    /// @throws DeliveryFailed for good if it holds something else
    static JsonValue read(@Nullable String header) throws DeliveryFailed {
        if (header == null || header.isEmpty()) {
            return JsonValue.Bare.NULL;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(header)))) {
            byte[] json = in.readNBytes(MAX_BYTES + 1);
            if (json.length <= MAX_BYTES) {
                return JsonValue.parse(json).orElseThrow(CompressedHeader::unreadable);
            }
            throw unreadable();
        } catch (IOException | IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static DeliveryFailed unreadable() {
        return DeliveryFailed.permanentFailure("the Lex bot answered something that cannot be read");
    }
}
