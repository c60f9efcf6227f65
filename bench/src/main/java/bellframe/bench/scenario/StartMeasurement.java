package bellframe.bench.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From the command to a server that is ready, on a data folder that exists.
final class StartMeasurement {

    private static final Figure READY = Figure.millis("to ready");
    private static final Figure CPU = Figure.millis("CPU until ready");
    private static final Figure RSS = new Figure("RSS", "%.1f MiB");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MIB = 1_024 * 1_024;

    private StartMeasurement() {
    }

    static Comparison measure(int runs) throws InterruptedException {
        try (var lab = new Laboratory()) {
            Path data = lab.folder().resolve("data");
            Path log = lab.folder().resolve("start.log");
            // Makes the folder, and the build if that is old.
            Bellframe.startProcess(data, log).terminate();
            var results = new ArrayList<Run>();
            for (int i = 0; i < runs; i++) {
                results.add(run(data, log));
            }
            return new Comparison("start: from the command to ready", "", List.of(READY, CPU, RSS),
                    Map.of(Bellframe.NAME, results));
        }
    }

    private static Run run(Path data, Path log) throws InterruptedException {
        // Asked before, since the launcher looks after its cache meanwhile.
        double others = Machine.busyShare();
        long began = System.nanoTime();
        ServerProcess process = Bellframe.startProcess(data, log);
        long ready = System.nanoTime() - began;
        Duration cpu = Machine.usedBy(process.handle());
        double rss = Memory.rssBytes(process.handle()) / BYTES_PER_MIB;
        process.terminate();
        return new Run(Map.of(READY, ready / NANOS_PER_MILLI, CPU, cpu.toNanos() / NANOS_PER_MILLI, RSS, rss),
                others);
    }
}
