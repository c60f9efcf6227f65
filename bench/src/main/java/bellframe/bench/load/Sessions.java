package bellframe.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Sessions of many users, and how many frames have come to them in all.
public final class Sessions implements AutoCloseable, SessionConnection.Frames {

    private static final int CONNECTING_MAX = 50;
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

    private final Client client;
    private final List<SessionConnection> open = new ArrayList<>();
    // Confined to the event loop.
    private long frames;
    private Runnable listener = () -> {
    };
    private @Nullable String lost;
    private boolean closing;

    public Sessions(Client client) {
        this.client = client;
    }

    /// Opens a session for each user; each has had its first frame, SESSION_ESTABLISHED, when this returns.
    public void open(List<String> users) {
        for (int from = 0; from < users.size(); from += CONNECTING_MAX) {
            openAtOnce(users.subList(from, Math.min(users.size(), from + CONNECTING_MAX)));
        }
    }

    private void openAtOnce(List<String> users) {
        var established = new CompletableFuture<Void>();
        client.onLoop(() -> {
            long wanted = frames + users.size();
            listener = () -> {
                if (frames >= wanted) {
                    established.complete(null);
                }
            };
            return wanted;
        });
        for (String user : users) {
            SessionConnection session = client.connect(channel -> new SessionConnection(channel, this));
            open.add(session);
            client.loop().execute(() -> client.open(session, user));
        }
        Client.await(established, OPEN_LIMIT);
    }

    /// Opens a session that takes nothing off the wire after its first frame.
    public void openStuck(String user) {
        openAtOnce(List.of(user));
        client.onLoop(() -> open.getLast().channel().config().setAutoRead(false));
    }

    public int size() {
        return open.size();
    }

    /// Text frames so far, those of the beginning included; for the event loop.
    long frames() {
        return frames;
    }

    /// Whom to call when frames have come; for the event loop.
    void listener(Runnable whom) {
        listener = whom;
    }

    /// Fails if a session has ended.
    public void requireOpen() {
        String why = client.onLoop(() -> lost == null ? "" : lost);
        if (!why.isEmpty()) {
            throw new IllegalStateException("a session ended: " + why);
        }
    }

    @Override
    public void text() {
        frames++;
    }

    @Override
    public void counted() {
        listener.run();
    }

    @Override
    public void ended(String why) {
        if (!closing && lost == null) {
            lost = why;
        }
    }

    @Override
    public void close() {
        client.onLoop(() -> closing = true);
        open.forEach(session -> session.channel().close());
        open.forEach(session -> session.channel().closeFuture().syncUninterruptibly());
    }
}
