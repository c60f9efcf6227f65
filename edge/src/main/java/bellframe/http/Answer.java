package bellframe.http;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// What a request is told.
///
/// @param requestId goes into `x-amzn-RequestId`
/// @param error the error's name, null for a success
/// @param body empty for none
record Answer(String requestId, int status, @Nullable String error, ContentType contentType, byte[] body) {

    static final byte[] NO_BODY = {};

    private static final int BUFFERS_KEPT_MAX = 64;
    private static final int FIRST_BYTES = 512;
    /// By default buffers are kept by thread, and each request has a virtual thread of its own.
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT_MAX))
            .build();

    /// What the body is, if there is one.
    enum ContentType {
        JSON("application/json"),
        XML("text/xml");

        private final String header;

        ContentType(String header) {
            this.header = header;
        }

        String header() {
            return header;
        }
    }

    static Answer success(String requestId, int status, byte[] json) {
        return new Answer(requestId, status, null, ContentType.JSON, json);
    }

    static Answer refusal(String requestId, Refused refused) {
        return refusal(requestId, refused.refusal(), refused.getMessage());
    }

    static Answer refusal(String requestId, Refusal refusal) {
        return refusal(requestId, refusal, refusal.text());
    }

    static Answer refusal(String requestId, Refusal refusal, @Nullable String message) {
        return new Answer(
                requestId,
                refusal.status(),
                refusal.error(),
                ContentType.JSON,
                body(refusal.code(), message == null ? refusal.text() : message));
    }

    Answer withStatus(int other) {
        return new Answer(requestId, other, error, contentType, body);
    }

    private static byte[] body(@Nullable String code, String message) {
        return json(generator -> {
            generator.writeStartObject();
            if (code != null) {
                generator.writeStringField("Code", code);
            }
            generator.writeStringField("Message", message);
            generator.writeEndObject();
        });
    }

    /// The bytes of what `content` writes.
    static byte[] json(Content content) {
        var bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            content.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON to memory", e);
        }
        return bytes.toByteArray();
    }

    /// Writes one JSON value.
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
