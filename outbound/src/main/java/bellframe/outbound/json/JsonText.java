package bellframe.outbound.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Writes JSON.
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    /// Writes one value.
    public interface Writing {

        void write(JsonGenerator json) throws IOException;
    }

    private JsonText() {
    }

    /// The text of a value. Half of a surrogate pair, which users may send, stays as it is; whoever encodes the text replaces
    /// it.
    public static String of(Writing writing) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
