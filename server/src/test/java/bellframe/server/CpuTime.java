package bellframe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// CPU time of this process, which is the client, of a server, and of all other processes of the machine.
record CpuTime(Duration client, Duration server, Duration others) {

    /// Where `/proc/stat` has what is work: user, nice, system, and the interrupts that are counted as processes' too.
    private static final List<Integer> WORK = List.of(1, 2, 3, 6, 7);
    private static final int MILLIS_PER_TICK = 10;

    /// What was used so far.
    static CpuTime now(RunningServer server) {
        Duration client = of(ProcessHandle.current());
        Duration served = of(server.process().toHandle());
        return new CpuTime(client, served, ofMachine().minus(client).minus(served));
    }

    CpuTime since(CpuTime before) {
        return new CpuTime(client.minus(before.client), server.minus(before.server), others.minus(before.others));
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static Duration ofMachine() {
        try {
            String all = Files.readAllLines(Path.of("/proc/stat")).getFirst();
            String[] fields = all.split(" +", -1);
            long ticks = WORK.stream().mapToLong(field -> Long.parseLong(fields[field])).sum();
            return Duration.ofMillis(MILLIS_PER_TICK * ticks);
        } catch (IOException problem) {
            throw new UncheckedIOException("CPU time is measured on Linux only", problem);
        }
    }
}
