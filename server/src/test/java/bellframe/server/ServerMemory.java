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
/// @param heap the live objects
record ServerMemory(long rssBytes, long rssPeakBytes, HeapHistogram heap) {

    static ServerMemory of(RunningServer server) {
        HeapHistogram heap = HeapHistogram.of(server);
        String status = status(server.process());
        return new ServerMemory(bytes(status, "VmRSS"), bytes(status, "VmHWM"), heap);
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

    private static long bytes(String status, String name) {
        Matcher line = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(status);
        if (!line.find()) {
            throw new IllegalStateException("no " + name + " in: " + status);
        }
        return 1_024 * Long.parseLong(line.group(1));
    }
}
