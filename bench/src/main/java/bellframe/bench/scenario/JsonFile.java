package bellframe.bench.scenario;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;

/// Writes a comparison for other programs: for each subject and figure what each run gave.
final class JsonFile {

    private JsonFile() {
    }

    static void write(Comparison comparison, Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("title", comparison.title());
            json.writeNumberField("othersShare", comparison.othersShare());
            json.writeBooleanField("conclusive", comparison.conclusive());
            json.writeArrayFieldStart("subjects");
            for (String subject : comparison.runs().keySet()) {
                writeSubject(json, comparison, subject);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void writeSubject(JsonGenerator json, Comparison comparison, String subject) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", subject);
        json.writeObjectFieldStart("figures");
        for (Figure figure : comparison.figures()) {
            json.writeObjectFieldStart(figure.name());
            json.writeNumberField("median", comparison.medians(subject, figure).median());
            json.writeNumberField("firstToThis", comparison.ratio(subject, figure));
            json.writeArrayFieldStart("runs");
            for (Run run : comparison.of(subject)) {
                json.writeNumber(run.figure(figure));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
