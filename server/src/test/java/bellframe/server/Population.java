package bellframe.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Users and channels by the thousand, made with many requests at once.
final class Population implements AutoCloseable {

    private static final int REQUESTS_AT_ONCE = 64;
    private static final int BATCH = 100;

    private final SdkClients clients;
    private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);

    Population(SdkClients clients) {
        this.clients = clients;
    }

    List<String> users(int count) {
        return all(count, _ -> clients.user("member"));
    }

    /// A channel of all these users, created by the first.
    String channel(List<String> members) {
        String owner = members.getFirst();
        String channel = clients.channel(owner);
        List<String> others = members.subList(1, members.size());
        for (int from = 0; from < others.size(); from += BATCH) {
            List<String> batch = others.subList(from, Math.min(others.size(), from + BATCH));
            clients.messaging()
                    .batchCreateChannelMembership(
                            create -> create.channelArn(channel).chimeBearer(owner).memberArns(batch));
        }
        return channel;
    }

    /// Channels of all these users, created by the first, who has sent a message to every other one.
    void channels(int count, List<String> members) {
        String owner = members.getFirst();
        String[] others = members.subList(1, members.size()).toArray(String[]::new);
        all(count, i -> {
            String channel = clients.channel(owner, others);
            if (i % 2 == 0) {
                clients.send(owner, channel, "a message");
            }
            return channel;
        });
    }

    private interface Request {
        String make(int i);
    }

    private List<String> all(int count, Request request) {
        List<Callable<String>> requests = IntStream.range(0, count)
                .<Callable<String>>mapToObj(i -> () -> request.make(i))
                .toList();
        var answers = new ArrayList<String>();
        try {
            for (Future<String> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
