package bellframe.bench.scenario;

import java.time.Duration;

/// CPU time of this process, which is the client, of a server, and of all other processes of the machine.
record CpuTime(Duration client, Duration server, Duration others) {

    /// What was used so far.
    static CpuTime now(ProcessHandle server) {
        Duration client = Machine.usedBy(ProcessHandle.current());
        Duration served = Machine.usedBy(server);
        return new CpuTime(client, served, Machine.used().minus(client).minus(served));
    }

    CpuTime since(CpuTime before) {
        return new CpuTime(client.minus(before.client), server.minus(before.server), others.minus(before.others));
    }

    /// The share of the processors that others took in a time.
    double othersShare(Duration elapsed) {
        return Math.max(0, (double) others.toNanos() / elapsed.toNanos() / Machine.processors());
    }
}
