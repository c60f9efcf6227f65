package bellframe.server;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a process on this machine addresses the server.
final class Address {

    private static final Pattern ANY_ADDRESS = Pattern.compile("0\\.0\\.0\\.0|[0:]+");

    private Address() {
    }

    /// @param host the address the server listens on, null for all
    static String of(String scheme, @Nullable String host, int port) {
        return scheme + "://" + name(host) + ":" + port;
    }

    private static String name(@Nullable String host) {
        if (host == null || ANY_ADDRESS.matcher(host).matches()) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
