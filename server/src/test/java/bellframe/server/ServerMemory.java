package bellframe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server takes of the machine's memory after a garbage collection.
///
/// @param rssBytes memory of the process that is in RAM
/// @param rssPeakBytes the most it was since the process began or the peak was forgotten, garbage included
/// @param heapCommittedBytes the heap with the free room that the JVM keeps in it
/// @param heap the live objects
record ServerMemory(long rssBytes, long rssPeakBytes, long heapCommittedBytes, HeapHistogram heap) {

    static ServerMemory of(RunningServer server) {
        HeapHistogram heap = HeapHistogram.of(server);
        String status = status(server.process());
        return new ServerMemory(bytes(status, "VmRSS:\\s+(\\d+) kB"), bytes(status, "VmHWM:\\s+(\\d+) kB"),
                bytes(server.jcmd("GC.heap_info"), "heap .*committed (\\d+)K"), heap);
    }

    /// Lets the peak begin anew with what the process has in RAM now.
    static void forgetPeak(RunningServer server) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(server.process().pid()), "clear_refs"), "5");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String status(Process process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        } catch (IOException problem) {
            throw new UncheckedIOException("memory is measured on Linux only", problem);
        }
    }

    private static long bytes(String text, String kibibytes) {
        Matcher number = Pattern.compile(kibibytes).matcher(text);
        if (!number.find()) {
            throw new IllegalStateException("no " + kibibytes + " in: " + text);
        }
        return 1_024 * Long.parseLong(number.group(1));
    }
}
