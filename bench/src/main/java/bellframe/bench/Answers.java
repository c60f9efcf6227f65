package bellframe.bench;

import bellframe.api.Operation;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The bodies of answers, made as the wire makes them.
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {
    }

    static <O> byte[] json(Operation<?, ?, O> operation, O output) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            operation.writer().write(generator, output);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
