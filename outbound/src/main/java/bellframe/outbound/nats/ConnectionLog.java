package bellframe.outbound.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log how a connection is doing, instead of the client, which would tell it all that servers say.
final class ConnectionLog implements ConnectionListener, ErrorListener {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

    /// The one with more parameters is not abstract, and calls this.
    @Override
    @SuppressWarnings("deprecation")
    public void connectionEvent(Connection connection, Events event) {
        log.info("NATS: {}", event);
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
