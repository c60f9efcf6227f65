package bellframe.outbound.calls;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// One request.
///
/// @param headers without those that say where it goes and how long it is
public record Call(String method, URI address, Map<String, List<String>> headers, byte[] body) {

    /// Leaves out headers and body: they carry signatures and content.
    @Override
    public String toString() {
        return "Call[" + method + " " + address.getHost() + "]";
    }
}
