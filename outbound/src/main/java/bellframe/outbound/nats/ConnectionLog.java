package bellframe.outbound.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log how a connection is doing, instead of the client, which would tell it all that servers say.
final class ConnectionLog implements ConnectionListener, ErrorListener {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

    private final AtomicReference<@Nullable Events> last = new AtomicReference<>();

    /// The one with more parameters is not abstract, and calls this. While a server is down the same comes again and again.
    @Override
    @SuppressWarnings("deprecation")
    public void connectionEvent(Connection connection, Events event) {
        if (last.getAndSet(event) != event) {
            log.info("NATS: {}", event);
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        log.warn("the NATS server reports an error");
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception problem) {
        log.debug("the connection to the NATS server failed: {}", problem.getClass().getSimpleName());
    }
}
