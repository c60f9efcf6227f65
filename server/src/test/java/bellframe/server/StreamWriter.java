package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Sends messages to some channels of an app instance until it is told to end, and knows what its stream must have then.
final class StreamWriter {

    private static final int CHANNELS = 3;
    private static final int SENT_MAX = 2_000;
    private static final long BETWEEN_MESSAGES_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SENT_LIMIT_SECONDS = 60;

    private final SdkClients clients;
    private final String appInstance;
    private final String sender;
    private final List<String> channels;
    /// The ids of what was acknowledged, in order. Guarded by this.
    private final List<String> sent = new ArrayList<>();
    private volatile boolean ended;

    StreamWriter(SdkClients clients, String appInstance) {
        this.clients = clients;
        this.appInstance = appInstance;
        sender = clients.userOf(appInstance, "writer");
        channels = IntStream.range(0, CHANNELS)
                .mapToObj(_ -> clients.messaging()
                        .createChannel(create -> create.appInstanceArn(appInstance).chimeBearer(sender).name("channel"))
                        .channelArn())
                .toList();
    }

    String appInstance() {
        return appInstance;
    }

    void write() {
        for (int i = 0; i < SENT_MAX && !ended; i++) {
            String id = clients.send(sender, channels.get(i % CHANNELS), "message " + i);
            synchronized (this) {
                sent.add(id);
                notifyAll();
            }
            LockSupport.parkNanos(BETWEEN_MESSAGES_NANOS);
        }
    }

    /// Until it has sent so many more.
    synchronized void awaitSent(int more) throws InterruptedException {
        int wanted = sent.size() + more;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SENT_LIMIT_SECONDS);
        while (sent.size() < wanted) {
            long left = end - System.nanoTime();
            assertThat(left).as("time to send").isPositive();
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    void end() {
        ended = true;
    }

    /// Whether every message that was acknowledged is among the records.
    synchronized boolean isComplete(List<StreamedRecord> records) {
        Set<String> streamed = new HashSet<>();
        records.forEach(record -> streamed.add(record.text("MessageId")));
        return streamed.containsAll(sent);
    }

    /// A channel's records are in its order; only what was repeated may come again, as a whole.
    void checkOrder(List<StreamedRecord> records, String when) {
        Map<String, List<String>> byChannel = new LinkedHashMap<>();
        records.stream()
                .filter(record -> record.eventType().equals("CREATE_CHANNEL_MESSAGE"))
                .forEach(record -> byChannel.computeIfAbsent(record.channel(), _ -> new ArrayList<>())
                        .add(record.text("MessageId")));
        byChannel.forEach((channel, ids) -> {
            var once = new ArrayList<String>();
            for (String id : ids) {
                if (once.isEmpty() || !once.getLast().equals(id)) {
                    once.add(id);
                }
            }
            assertThat(once).as("%s, %s", channel, when).isSorted().doesNotHaveDuplicates();
        });
    }
}
