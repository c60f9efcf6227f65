package bellframe.bench;

import bellframe.api.Operation;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The bodies of answers, made as the wire makes them.
final class Answers {

    private static final int BUFFERS_KEPT_MAX = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT_MAX))
            .build();

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
