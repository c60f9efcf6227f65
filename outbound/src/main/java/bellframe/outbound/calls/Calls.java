package bellframe.outbound.calls;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes calls within the rules. Nobody is called who is not among the hosts of [CallRules], or at an address that is not
/// allowed; redirects are not followed and proxies not asked, so that there is no way around it. Safe for use by many
/// threads.
public final class Calls implements AutoCloseable {

    private final CallRules rules;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());
    private final FirstUse<Connections, IOException> connections;

    /// @throws IOException if the certificates of the authorities cannot be read
    public Calls(CallRules rules) throws IOException {
        this.rules = rules;
        TrustAnchors anchors = TrustAnchors.read(rules.authorities());
        this.connections = new FirstUse<>(() -> new Connections(rules, anchors.context()));
    }

    /// The answer, whatever its status.
    ///
    /// On a thread of its own, since a name's resolution has no time limit that could be set. One that is blocked on a
    /// socket is freed by an interrupt, as virtual threads are.
    ///
    /// @throws CallFailed if there is none within the limits
    public Answer send(Call call) throws CallFailed {
        requireAllowed(call);
        String host = CallRules.hostOf(call.address());
        Future<Answer> answer = submit(call, host);
        try {
            return answer.get(rules.limits().whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw CallFailed.passing(host + " took longer than " + rules.limits().whole().toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw CallFailed.of(host, failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CallFailed.passing("the call to " + host + " was given up");
        } finally {
            answer.cancel(true);
        }
    }

    private Future<Answer> submit(Call call, String host) throws CallFailed {
        try {
            return threads.submit(() -> connections.get().exchange(call));
        } catch (RejectedExecutionException _) {
            throw CallFailed.passing("the server stops, " + host + " is not called");
        }
    }

    /// Before anything of the client is loaded.
    private void requireAllowed(Call call) throws CallFailed {
        String scheme = String.valueOf(call.address().getScheme());
        if (call.address().getHost() == null || call.address().getRawUserInfo() != null) {
            throw CallFailed.refused("the address has no host that could be called");
        }
        boolean plain = scheme.equals("http") && rules.privateAddresses();
        if (!scheme.equals("https") && !plain) {
            throw CallFailed.refused(CallRules.hostOf(call.address()) + " may be called by https only");
        }
    }

    /// Gives up the calls under way; none is made any more.
    @Override
    public void close() {
        threads.shutdownNow();
        Optional<Connections> made = connections.made();
        // A method reference would load the client.
        if (made.isPresent()) {
            made.get().close();
        }
    }
}
