package bellframe.outbound.nats;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Servers of NATS that belong together, and how to connect to one of them.
///
/// @param servers `nats://` or, with TLS, `tls://`; maybe with user and password
/// @param credentials a credentials file, as `nsc` makes it; null for none
public record NatsCluster(List<URI> servers, @Nullable Path credentials) {

    public NatsCluster {
        servers = List.copyOf(servers);
    }

    /// Leaves out what may be secret in the addresses.
    @Override
    public String toString() {
        return "NatsCluster" + servers.stream().map(server -> server.getHost() + ":" + server.getPort()).toList();
    }
}
