package bellframe.server;

import bellframe.http.AuditLog;
import bellframe.server.config.AuditTarget;
import bellframe.server.folder.DataFolder;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
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

/// Writes the audit log: one JSON object a line, without secrets, in a file of its own that is rolled over when it is large,
/// or in the server's log.
final class AuditTrail implements AuditLog, AutoCloseable {

    /// The logger whose lines are the entries; the server's log gets them only if they have no file.
    private static final String LOGGER = "bellframe.audit";
    private static final String FILE = "audit.jsonl";
    private static final FileSize FILE_MAX = FileSize.valueOf("16 mb");
    private static final int KEPT_FILES = 20;
    /// Longer texts of clients are cut.
    private static final int TEXT_MAX = 2_048;
    private static final JsonFactory JSON = new JsonFactory();

    private final Logger log;
    private final InstantSource clock;
    private final @Nullable RollingFileAppender<ILoggingEvent> appender;

    private AuditTrail(Logger log, InstantSource clock, @Nullable RollingFileAppender<ILoggingEvent> appender) {
        this.log = log;
        this.clock = clock;
        this.appender = appender;
    }

    static AuditTrail start(AuditTarget target, DataFolder folder, InstantSource clock) {
        return switch (target) {
            case LOG -> new AuditTrail(LoggerFactory.getLogger(LOGGER), clock, null);
            case FILE -> toFile(folder.createAudit().resolve(FILE), clock);
        };
    }

    private static AuditTrail toFile(Path file, InstantSource clock) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> appender = appender(context, file);
        // Several servers in one process have a file each.
        var logger = context.getLogger(LOGGER + "." + Integer.toHexString(file.hashCode()));
        logger.setAdditive(false);
        logger.addAppender(appender);
        return new AuditTrail(logger, clock, appender);
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        var files = new FixedWindowRollingPolicy();
        files.setContext(context);
        files.setFileNamePattern(file + ".%i");
        files.setMaxIndex(KEPT_FILES);
        files.setParent(appender);
        files.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(FILE_MAX);
        size.start();
        appender.setRollingPolicy(files);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }

    @Override
    public void note(Entry entry) {
        log.info("{}", line(entry));
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
    public void close() {
        if (appender != null) {
            appender.stop();
        }
    }
}
