package bellframe.server;

import bellframe.http.AuditLog;
import bellframe.server.config.AuditTarget;
import bellframe.server.folder.AuditFile;
import bellframe.server.folder.DataFolder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the audit log: one JSON object a line, without secrets, in files of its own that are rolled over when they are large,
/// or in the server's log. What was refused has another file than what was done: anybody can fill that one.
///
/// No request waits or fails for it: what the file does not take, the server's log does.
final class AuditTrail implements AuditLog, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    /// The logger whose lines are the entries.
    private static final Logger entries = LoggerFactory.getLogger("bellframe.audit");

    private static final String DONE = "audit.jsonl";
    private static final String REFUSED = "refused.jsonl";
    private static final long FILE_MAX_BYTES = 16L << 20;
    private static final int KEPT_FILES = 20;
    /// Longer texts of clients are cut.
    private static final int TEXT_MAX = 2_048;
    private static final JsonFactory JSON = new JsonFactory();

    private final InstantSource clock;
    /// Null if the server's log has the entries.
    private final @Nullable Files files;

    private record Files(AuditFile done, AuditFile refused) {

        static Files in(Path folder) {
            return new Files(new AuditFile(folder.resolve(DONE), FILE_MAX_BYTES, KEPT_FILES),
                    new AuditFile(folder.resolve(REFUSED), FILE_MAX_BYTES, KEPT_FILES));
        }

        AuditFile of(Entry entry) {
            return entry.error() == null ? done : refused;
        }
    }

    private AuditTrail(InstantSource clock, @Nullable Files files) {
        this.clock = clock;
        this.files = files;
    }

    static AuditTrail start(AuditTarget target, DataFolder folder, InstantSource clock) {
        return new AuditTrail(clock, switch (target) {
            case LOG -> null;
            case FILE -> Files.in(folder.createAudit());
        });
    }

    @Override
    public void note(Entry entry) {
        String line = line(entry);
        if (files == null) {
            entries.info("{}", line);
        } else {
            write(files.of(entry), line);
        }
    }

    private static void write(AuditFile file, String line) {
        try {
            file.append(line);
        } catch (IOException problem) {
            log.error("the audit log cannot be written, its entry is here: {} ({})", line, problem.toString());
        }
    }

    private String line(Entry entry) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", clock.instant().toString());
            json.writeStringField("requestId", entry.requestId());
            json.writeStringField("operation", entry.operation());
            write(json, "principal", entry.principalArn());
            write(json, "accessKeyId", entry.accessKeyId());
            json.writeStringField("sourceAddress", entry.origin().address());
            write(json, "userAgent", entry.origin().userAgent());
            write(json, entry.targets());
            json.writeStringField("outcome", entry.error() == null ? "done" : entry.error());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write JSON to memory", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, List<String> targets) throws IOException {
        json.writeArrayFieldStart("targets");
        for (String target : targets) {
            json.writeString(cut(target));
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, cut(value));
        }
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            try (var _ = files.done(); var _ = files.refused()) {
                // Both, also if one of them cannot be.
            }
        }
    }
}
