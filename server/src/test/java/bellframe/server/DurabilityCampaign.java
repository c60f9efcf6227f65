package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// Rounds of writing to a real server until it is killed, starting it again on the same data folder and comparing what it
/// holds with what it had acknowledged.
///
/// After some rounds the channels are left alone and new ones are written to; at the end all of them must still hold what
/// they held then.
final class DurabilityCampaign implements AutoCloseable {

    private static final int WRITERS = 11;
    private static final int CHANNELS = 3;
    private static final int GUESTS = 3;
    private static final int ROUNDS_PER_ERA = 20;
    /// A round ends when a random number of calls up to this one is acknowledged.
    private static final int ACKNOWLEDGED_MAX = 800;
    private static final long ROUND_LIMIT_SECONDS = 120;
    private static final int START_KILLED_AFTER_MILLIS_MAX = 1_500;

    /// What the killer waits for, beside some acknowledged calls.
    private enum Moment {
        ANY,
        /// The store writes a file: it flushes rows from memory, or compacts files.
        FILE_WRITTEN
    }

    /// Channels written to in the same rounds, and by whom.
    private record Era(List<CampaignChannel> channels, List<MembershipWriter> moderators) {
    }

    private final long seed;
    private final Random random;
    /// So little memory that rows are flushed and files compacted all the time.
    /// Short-lived processes are quicker with the first compiler alone; what is on disk is the same.
    private final RunningServer server = new RunningServer().withJvmOption("-XX:TieredStopAtLevel=1")
            .with("BELLFRAME_STORE_MEMORY_BYTES", "8MiB")
            .with("BELLFRAME_LOG_LEVEL", "info");
    private final SdkClients first;
    private final List<String> users;
    private final List<MessageWriter> writers;
    private final ChannelFounder founder;
    private final Map<CampaignChannel, List<String>> finished = new LinkedHashMap<>();
    private final Map<Moment, Integer> moments = new LinkedHashMap<>();
    private SdkClients clients;
    private Era era;
    private int killedStarts;

    DurabilityCampaign(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        server.start();
        first = SdkClients.of(server);
        clients = first;
        users = clients.users(WRITERS);
        writers = users.stream().map(user -> new MessageWriter(user, random.nextLong())).toList();
        founder = new ChannelFounder(clients.user("founder"), clients.user("settler"));
        era = newEra();
    }

    /// Runs and returns what happened, for people.
    String run(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String when = "seed " + seed + ", round " + round;
            writeUntilKilled();
            start();
            check(when);
            if (round % ROUNDS_PER_ERA == ROUNDS_PER_ERA - 1 || round == rounds - 1) {
                endEra(when);
            }
        }
        finished.forEach((channel, digest) -> assertThat(channel.digest(clients)).as("seed %d, at the end", seed)
                .isEqualTo(digest));
        return rounds + " rounds, killed at " + moments + " and in " + killedStarts + " starts; "
                + finished.values().stream().mapToInt(List::size).sum() + " messages";
    }

    private Era newEra() {
        String[] others = users.subList(1, WRITERS).toArray(String[]::new);
        List<CampaignChannel> channels = IntStream.range(0, CHANNELS)
                .mapToObj(_ -> new CampaignChannel(clients.channel(users.getFirst(), others), users.getFirst()))
                .toList();
        var moderators = clients.users(GUESTS)
                .stream()
                .map(guest -> new MembershipWriter(users.getFirst(),
                        channels.get(random.nextInt(CHANNELS)).arn, guest))
                .toList();
        return new Era(channels, moderators);
    }

    private void writeUntilKilled() throws Exception {
        writers.forEach(MessageWriter::beginRound);
        var acknowledgements = new CountDownLatch(1 + random.nextInt(ACKNOWLEDGED_MAX));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            Consumer<Runnable> begin = work -> writing.add(threads.submit(work));
            SdkClients present = clients;
            writers.forEach(writer -> begin.accept(
                    () -> writer.writeUntilKilled(present, era.channels(), acknowledgements)));
            era.moderators()
                    .forEach(moderator -> begin.accept(() -> moderator.writeUntilKilled(present, acknowledgements)));
            begin.accept(() -> founder.writeUntilKilled(present, acknowledgements));
            boolean reached = acknowledgements.await(ROUND_LIMIT_SECONDS, TimeUnit.SECONDS);
            awaitMoment();
            server.kill9();
            assertThat(reached).as("enough calls acknowledged, seed %d", seed).isTrue();
            join(writing);
        }
        for (MessageWriter writer : writers) {
            writer.sent().forEach(message -> channelOf(message).wrote(message));
        }
    }

    private void awaitMoment() throws Exception {
        Moment moment = random.nextInt(3) == 0 ? Moment.FILE_WRITTEN : Moment.ANY;
        moments.merge(moment, 1, Integer::sum);
        if (moment == Moment.FILE_WRITTEN) {
            awaitStoreFile();
        }
    }

    private void awaitStoreFile() throws IOException, InterruptedException {
        Path store = server.dataFolder().resolve("store");
        try (WatchService watch = store.getFileSystem().newWatchService()) {
            store.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            boolean written = false;
            while (!written) {
                WatchKey created = watch.poll(ROUND_LIMIT_SECONDS, TimeUnit.SECONDS);
                assertThat(created).as("the store writes a file in time, seed %d", seed).isNotNull();
                written = created.pollEvents().stream().anyMatch(event -> event.context().toString().endsWith(".sst"));
                created.reset();
            }
        }
    }

    private CampaignChannel channelOf(WrittenMessage message) {
        return era.channels().stream().filter(channel -> channel.arn.equals(message.channel)).findFirst().orElseThrow();
    }

    /// Starts the server, sometimes only after starts that were killed.
    private void start() throws IOException {
        while (random.nextInt(4) == 0) {
            killedStarts++;
            server.startAndKillAfter(random.nextInt(START_KILLED_AFTER_MILLIS_MAX));
        }
        server.start();
        closeClients();
        clients = first.at(server.port());
    }

    private void check(String when) {
        Map<String, ChannelMessageSummary> listed = new LinkedHashMap<>();
        era.channels().forEach(channel -> listed.putAll(channel.checkRound(clients, sentTo(channel), when)));
        writers.forEach(writer -> writer.retry(clients, listed));
        era.channels().forEach(channel -> channel.endRound(clients, sentTo(channel), when + ", after the retries"));
        era.moderators().forEach(moderator -> moderator.check(clients, when));
        founder.check(clients, when);
    }

    private List<WrittenMessage> sentTo(CampaignChannel channel) {
        return writers.stream()
                .flatMap(writer -> writer.sent().stream())
                .filter(message -> message.channel.equals(channel.arn))
                .toList();
    }

    private void endEra(String when) {
        for (CampaignChannel channel : era.channels()) {
            channel.checkAll(clients, when + ", all of its era");
            finished.put(channel, channel.digest(clients));
            channel.forget();
        }
        era = newEra();
        System.out.println("DurabilityIT: " + when + " is over, nothing is lost");
    }

    private static void join(List<Future<?>> writing) throws InterruptedException {
        for (Future<?> work : writing) {
            try {
                work.get();
            } catch (ExecutionException failure) {
                throw new AssertionError("a writer was answered what it did not expect", failure.getCause());
            }
        }
    }

    private void closeClients() {
        if (clients != first) {
            clients.close();
        }
    }

    @Override
    public void close() {
        closeClients();
        first.close();
        server.close();
    }
}
