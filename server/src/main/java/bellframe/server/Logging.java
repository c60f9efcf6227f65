package bellframe.server;

import bellframe.server.config.LogFormat;
import bellframe.server.config.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Log lines on standard error: for people on a terminal, one JSON object a line elsewhere.
///
/// Logback finds this class by its service file and is quiet until [#start] is called, but for warnings.
public final class Logging extends ContextAwareBase implements Configurator {

    /// Set by the launcher: whether standard error is a terminal.
    private static final String TERMINAL_PROPERTY = "bellframe.terminal";

    /// What libraries write below INFO holds messages of users, and signatures.
    private static final List<String> TELLING_CONTENT = List.of("org.apache.hc", "software.amazon.awssdk",
            "com.eatthepath", "com.google");

    /// Clients that, of a cluster or service that is down, write a line for each attempt; what matters of it the domain says.
    private static final List<String> REPEATING_THEMSELVES = List.of("org.apache.kafka", "com.eatthepath.pushy");

    private static final String TEXT_PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%replace( %mdc){'^ $', ''}%n";

    /// Starts writing lines.
    static void start(LogFormat format, LogLevel level) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        write(context, format, level);
        Thread.setDefaultUncaughtExceptionHandler(Logging::uncaught);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        write(context, LogFormat.TEXT, LogLevel.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void write(LoggerContext context, LogFormat format, LogLevel level) {
        var encoder = encoder(format);
        encoder.setContext(context);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(level.name()));
        root.addAppender(appender);
        Level least = root.getLevel().isGreaterOrEqual(Level.INFO) ? root.getLevel() : Level.INFO;
        TELLING_CONTENT.forEach(name -> context.getLogger(name).setLevel(least));
        Level worst = level == LogLevel.DEBUG || level == LogLevel.TRACE ? root.getLevel() : Level.ERROR;
        REPEATING_THEMSELVES.forEach(name -> context.getLogger(name).setLevel(worst));
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format) {
        return switch (format) {
            case TEXT -> text();
            case JSON -> json();
            case AUTO -> Boolean.getBoolean(TERMINAL_PROPERTY) ? text() : json();
        };
    }

    private static Encoder<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT_PATTERN);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        var encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }

    private static void uncaught(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(Logging.class).error("thread {} died", thread.getName(), failure);
    }
}
