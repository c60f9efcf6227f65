package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.Request;
import bellframe.bench.load.SigningKey;
import java.util.List;

/// What is measured: Bellframe or a ceiling.
interface Subject extends AutoCloseable {

    String name();

    ServerProcess process();

    SigningKey key();

    /// Channels to send to, each with a member that may.
    List<Request> channels(int count);

    /// A channel with so many members.
    Crowd crowd(int members);

    /// All members of a channel.
    ///
    /// @param send sends to the channel as its first member
    record Crowd(Request send, List<String> members) {
    }

    default Client client(boolean tls) {
        return process().client(key(), tls);
    }

    @Override
    void close();
}
