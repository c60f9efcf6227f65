package bellframe.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The machine's processors, and what other processes take of them.
final class Machine {

    /// Above this share, figures say more about others than about what is measured.
    static final double OTHERS_MAX = 0.05;

    /// Where `/proc/stat` has what is work: user, nice, system, and the interrupts that are counted as processes' too.
    private static final List<Integer> WORK = List.of(1, 2, 3, 6, 7, 8);
    private static final int MILLIS_PER_TICK = 10;

    private Machine() {
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /// CPU time that the whole machine has used, or that was stolen from it.
    static Duration used() {
        try {
            String all = Files.readAllLines(Path.of("/proc/stat")).getFirst();
            String[] fields = all.split(" +", -1);
            long ticks = WORK.stream().mapToLong(field -> Long.parseLong(fields[field])).sum();
            return Duration.ofMillis(MILLIS_PER_TICK * ticks);
        } catch (IOException problem) {
            throw new UncheckedIOException("CPU time is measured on Linux only", problem);
        }
    }

    static Duration usedBy(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// The share of the processors that is in use while nothing is measured.
    static double busyShare() throws InterruptedException {
        Duration look = Duration.ofSeconds(1);
        Duration before = used();
        Thread.sleep(look);
        return (double) used().minus(before).toNanos() / look.toNanos() / processors();
    }
}
