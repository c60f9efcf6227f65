package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.Messages;
import bellframe.bench.load.Pace;
import bellframe.bench.load.Request;
import bellframe.bench.load.RequestLoad;
import bellframe.bench.load.SigningKey;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A data folder with many messages, all of them sent to the server over the wire, that is kept between measurements.
final class Store {

    static final int CHANNELS = 100;
    private static final int CONTENT_CHARACTERS = 300;
    private static final int CONNECTIONS = 100;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final String SEPARATOR = " ";

    private final Path folder;
    private final long messages;

    /// @param stores the folder that holds all of them
    Store(Path stores, long messages) {
        this.folder = stores.resolve(Long.toString(messages));
        this.messages = messages;
    }

    /// Starts Bellframe on it; sends the messages that it lacks first.
    Subject open(Path log, PrintStream progress) {
        try {
            Files.createDirectories(folder);
            Bellframe bellframe = Bellframe.start(folder.resolve("data"), log);
            List<Request> channels = Files.exists(channelsFile()) ? readChannels() : createChannels(bellframe);
            var stocked = new Stocked(bellframe, channels, messages);
            fill(stocked, progress);
            return stocked;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Path channelsFile() {
        return folder.resolve("channels.txt");
    }

    /// How many messages were sent at least.
    private Path countFile() {
        return folder.resolve("count.txt");
    }

    private List<Request> createChannels(Bellframe bellframe) throws IOException {
        List<String> lines = bellframe.channelsAndSenders(CHANNELS)
                .stream()
                .map(channel -> channel.arn() + SEPARATOR + channel.sender())
                .toList();
        Files.write(channelsFile(), lines);
        return readChannels();
    }

    private List<Request> readChannels() throws IOException {
        var channels = new ArrayList<Request>();
        for (String line : Files.readAllLines(channelsFile())) {
            int end = line.indexOf(SEPARATOR);
            channels.add(Request.send(line.substring(0, end), line.substring(end + 1)));
        }
        return channels;
    }

    private void fill(Stocked stocked, PrintStream progress) throws IOException {
        long sent = Files.exists(countFile()) ? Long.parseLong(Files.readString(countFile()).strip()) : 0;
        try (Client client = stocked.client(false)) {
            while (sent < messages) {
                long left = messages - sent;
                sent += send(client, stocked, left);
                Files.writeString(countFile(), sent + "\n");
                progress.printf("%,d of %,d messages%n", sent, messages);
            }
        }
    }

    private static long send(Client client, Stocked stocked, long left) {
        int connections = (int) Math.min(CONNECTIONS, left);
        List<Messages> scripts = IntStream.range(0, connections)
                .mapToObj(i -> new Messages(List.of(stocked.channels(CHANNELS).get(i)), CONTENT_CHARACTERS))
                .toList();
        long each = left / connections;
        return new RequestLoad(client, scripts).run(new Pace.Saturating(), STEP, each).all().getTotalCount();
    }

    /// Bellframe on a store whose channels hold messages.
    private record Stocked(Bellframe bellframe, List<Request> channels, long messages) implements Subject {

        @Override
        public String name() {
            return "%s, %,d messages".formatted(Bellframe.NAME, messages);
        }

        @Override
        public ServerProcess process() {
            return bellframe.process();
        }

        @Override
        public SigningKey key() {
            return bellframe.key();
        }

        @Override
        public List<Request> channels(int count) {
            if (count > channels.size()) {
                throw new IllegalArgumentException("a store has " + channels.size() + " channels");
            }
            return channels.subList(0, count);
        }

        @Override
        public Crowd crowd(int members) {
            return bellframe.crowd(members);
        }

        @Override
        public void close() {
            bellframe.close();
        }
    }
}
