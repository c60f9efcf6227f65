package bellframe.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the members of a structure; an absent one is left out, an empty list is written.
public final class JsonOutput {

    /// Writes one structure or one item.
    @FunctionalInterface
    public interface ItemWriter<T> {
        void write(JsonGenerator json, TimestampFormat timestamps, T item) throws IOException;
    }

    private JsonOutput() {
    }

    public static void string(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    public static void value(JsonGenerator json, String name, @Nullable WireValue value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.value());
        }
    }

    public static void integer(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    public static void bool(JsonGenerator json, String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }

    public static void timestamp(JsonGenerator json, TimestampFormat timestamps, String name, @Nullable Instant value)
            throws IOException {
        if (value == null) {
            return;
        }
        json.writeFieldName(name);
        switch (timestamps) {
            case EPOCH_SECONDS -> json.writeNumber(Timestamps.seconds(value));
            case ISO_8601 -> json.writeString(Timestamps.iso(value));
        }
    }

    public static <T> void structure(
            JsonGenerator json,
            TimestampFormat timestamps,
            String name,
            @Nullable T value,
            ItemWriter<T> writer) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            writer.write(json, timestamps, value);
        }
    }

    public static <T> void list(
            JsonGenerator json,
            TimestampFormat timestamps,
            String name,
            @Nullable List<T> list,
            ItemWriter<T> writer) throws IOException {
        if (list == null) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (T item : list) {
            writer.write(json, timestamps, item);
        }
        json.writeEndArray();
    }

    public static <T> void map(
            JsonGenerator json,
            TimestampFormat timestamps,
            String name,
            @Nullable Map<String, T> map,
            ItemWriter<T> writer) throws IOException {
        if (map == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, T> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey());
            writer.write(json, timestamps, entry.getValue());
        }
        json.writeEndObject();
    }

    /// Writes a string in a list.
    public static void stringItem(JsonGenerator json, TimestampFormat timestamps, String item) throws IOException {
        json.writeString(item);
    }
}
