package bellframe.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server takes of the machine's memory.
///
/// @param rssBytes memory of the process that is in RAM
/// @param heapBytes the live objects; looking collects the garbage
record Memory(long rssBytes, long heapBytes) {

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    /// Of the last line of a class histogram: objects and bytes in all.
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final int BYTES_PER_KIB = 1_024;

    static Memory of(ProcessHandle server) {
        // First, since looking at the heap changes it.
        long rss = rssBytes(server);
        return new Memory(rss, number(TOTAL, jcmd(server, "GC.class_histogram")));
    }

    static long rssBytes(ProcessHandle server) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(server.pid()), "status"));
            return BYTES_PER_KIB * number(RSS, status);
        } catch (IOException problem) {
            throw new UncheckedIOException("memory is measured on Linux only", problem);
        }
    }

    static void collectGarbage(ProcessHandle server) {
        jcmd(server, "GC.run");
    }

    private static String jcmd(ProcessHandle server, String command) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(server.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}
