package bellframe.server;

import java.io.PrintStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Measures what it takes to connect a user of many channels, compared with one of few.
final class ManyChannelsMeasurement {

    /// Members of each channel; as many as one creation takes beside the creator.
    private static final int MEMBERS = 10;
    private static final int DETAILS_MAX = 50;
    private static final String DETAILS = "CHANNEL_DETAILS";
    /// Connects of a server that has served the user twice.
    private static final int WARM_CONNECTS = 20;
    /// Connects before anything is measured, for the sake of this process.
    private static final int WARM_UP = 200;
    private static final int CLASSES = 12;
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double BYTES_PER_MEBI = 1_024 * 1_024;

    private final RunningServer server = SessionMeasurement.server();
    private final int few;
    private final int many;
    private final int rounds;
    private final PrintStream out;
    private Group inOne = new Group(0, List.of());

    /// Users who all belong to the same channels and to no others.
    private record Group(int channels, List<String> users) {

        int details() {
            return Math.min(channels, DETAILS_MAX);
        }
    }

    /// Medians of all rounds.
    ///
    /// @param fresh of the first connect of the user to a server that has just started
    /// @param second of the next one
    /// @param warm of those that follow
    private record Times(double fresh, double second, double warm) {
    }

    /// @param none without sessions
    /// @param ten with as many sessions of as many users
    /// @param ended after their end
    private record Memory(ServerMemory none, ServerMemory one, ServerMemory ten, ServerMemory ended) {
    }

    /// @param rounds restarts of the server for each figure
    ManyChannelsMeasurement(int few, int many, int rounds, PrintStream out) {
        this.few = few;
        this.many = many;
        this.rounds = rounds;
        this.out = out;
    }

    void measure() {
        try (server) {
            server.start();
            Group inFew;
            Group inMany;
            try (var clients = SdkClients.of(server); var population = new Population(clients)) {
                inOne = group(population, 1);
                inFew = group(population, few);
                inMany = group(population, many);
                warmUp(clients);
            }
            out.printf("## Connecting a user of %,d channels%n%n| until | %,d channels | %,d channels | ratio |%n"
                    + "|---|---|---|---|%n", many, few, many);
            print("SESSION_ESTABLISHED", times(inFew, false), times(inMany, false));
            print("the last CHANNEL_DETAILS, prefetch", times(inFew, true), times(inMany, true));
            out.printf(
                    "%n| after a GC | sessions | live heap | committed heap | RSS | peak RSS |%n"
                            + "|---|---|---|---|---|---|%n");
            print(inFew, memory(inFew));
            Memory memory = memory(inMany);
            print(inMany, memory);
            printGrowth("sessions and caches", memory.none(), memory.ten());
            printGrowth("caches", memory.none(), memory.ended());
        }
    }

    private void warmUp(SdkClients clients) {
        try (var client = new LightClient(clients, Scheme.PLAIN)) {
            connects(client, inOne, true, WARM_UP);
        }
    }

    private static Group group(Population population, int channels) {
        List<String> users = population.users(MEMBERS);
        population.channels(channels, users);
        return new Group(channels, users);
    }

    private Times times(Group group, boolean prefetch) {
        var fresh = new long[rounds];
        var second = new long[rounds];
        var warm = new long[rounds * WARM_CONNECTS];
        for (int round = 0; round < rounds; round++) {
            try (var client = restarted()) {
                long[] connects = connects(client, group, prefetch, 2 + WARM_CONNECTS);
                fresh[round] = connects[0];
                second[round] = connects[1];
                System.arraycopy(connects, 2, warm, round * WARM_CONNECTS, WARM_CONNECTS);
            }
        }
        return new Times(medianMillis(fresh), medianMillis(second), medianMillis(warm));
    }

    private static double medianMillis(long[] nanos) {
        return Arrays.stream(nanos).sorted().skip((nanos.length - 1) / 2).findFirst().orElseThrow() / NANOS_PER_MILLI;
    }

    /// Connects the same user again and again.
    private static long[] connects(LightClient client, Group group, boolean prefetch, int count) {
        var nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = connect(client, group, group.users().getLast(), prefetch);
            client.closeSessions();
        }
        return nanos;
    }

    /// What every first session of a process costs, however many channels there are, is over when this returns.
    private LightClient restarted() {
        server.restart();
        try (var clients = SdkClients.of(server)) {
            var client = new LightClient(clients, Scheme.PLAIN);
            connects(client, inOne, true, 1);
            return client;
        }
    }

    /// @return the nanoseconds from connecting to the frame that is waited for
    private static long connect(LightClient client, Group group, String user, boolean prefetch) {
        FrameCount count = prefetch
                ? client.count(DETAILS, group.details())
                : client.count(LightClient.ESTABLISHED, 1);
        URI url = client.url(user, prefetch ? Map.of("prefetch-on", "connect") : Map.of());
        long began = System.nanoTime();
        client.connect(url);
        long ended = count.awaitLast();
        client.forget(count);
        return ended - began;
    }

    private Memory memory(Group group) {
        try (var client = restarted()) {
            ServerMemory none = ServerMemory.of(server);
            ServerMemory.forgetPeak(server);
            connect(client, group, group.users().getFirst(), true);
            ServerMemory one = ServerMemory.of(server);
            List<String> others = group.users().subList(1, MEMBERS);
            FrameCount details = client.count(DETAILS, group.details() * others.size());
            others.forEach(user -> client.connect(client.url(user, Map.of("prefetch-on", "connect"))));
            details.awaitLast();
            ServerMemory ten = ServerMemory.of(server);
            client.requireOpen(MEMBERS);
            client.closeSessions();
            awaitEnd();
            return new Memory(none, one, ten, ServerMemory.of(server));
        }
    }

    private void awaitEnd() {
        while (HeapHistogram.of(server).instances("bellframe.sessions.LaneIndex$Subscriber") > 0) {
            // Asking takes a while by itself.
            Thread.onSpinWait();
        }
    }

    private void print(String until, Times ofFew, Times ofMany) {
        print(until + ", fresh", ofFew.fresh(), ofMany.fresh());
        print(until + ", second connect", ofFew.second(), ofMany.second());
        print(until + ", later connects", ofFew.warm(), ofMany.warm());
    }

    private void print(String until, double ofFew, double ofMany) {
        out.printf("| %s | %.1f ms | %.1f ms | %.1f |%n", until, ofFew, ofMany, ofMany / ofFew);
    }

    private void print(Group group, Memory memory) {
        print(group, "0", memory.none());
        print(group, "1", memory.one());
        print(group, Integer.toString(MEMBERS), memory.ten());
        print(group, "0 again", memory.ended());
    }

    private void print(Group group, String sessions, ServerMemory memory) {
        out.printf("| users of %,d channels | %s | %.1f MiB | %.1f MiB | %.1f MiB | %.1f MiB |%n", group.channels(),
                sessions, memory.heap().bytes() / BYTES_PER_MEBI, memory.heapCommittedBytes() / BYTES_PER_MEBI,
                memory.rssBytes() / BYTES_PER_MEBI,
                memory.rssPeakBytes() / BYTES_PER_MEBI);
    }

    private void printGrowth(String what, ServerMemory before, ServerMemory after) {
        out.printf("%n| class, %s | MiB |%n|---|---|%n", what);
        after.heap()
                .growthSince(before.heap(), CLASSES)
                .forEach(growth -> out.printf("| `%s` | %.1f |%n", growth.className(),
                        growth.bytes() / BYTES_PER_MEBI));
    }
}
