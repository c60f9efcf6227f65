package bellframe.outbound.aws;

import bellframe.outbound.calls.TestReceiver.Reply;
import java.net.URI;

/// A service of AWS that runs on this machine.
public interface AwsService extends AutoCloseable {

    AwsServer server();

    default URI url() {
        return server().url();
    }

    /// How requests without fault are answered from now on.
    default void reply(Reply as) {
        server().reply(as);
    }

    /// How many requests nobody took yet.
    default int waiting() {
        return server().waiting();
    }

    @Override
    default void close() {
        server().close();
    }
}
