package bellframe.server;

import java.io.IOException;
import java.util.Locale;

/// A port cannot be listened on.
final class PortUnavailable extends RuntimeException {

    private final boolean taken;

    private PortUnavailable(String message, boolean taken, IOException cause) {
        super(message, cause);
        this.taken = taken;
    }

    /// Makes sense of what the operating system said when the port was asked for.
    ///
    /// @param flag the flag that names another port
    static PortUnavailable of(int port, String flag, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("in use")) {
            return new PortUnavailable(
                    "port " + port + " is taken by another process; choose another with " + flag, true, cause);
        }
        return new PortUnavailable("port " + port + " cannot be listened on: " + reason, false, cause);
    }

    /// Whether another process has it.
    boolean taken() {
        return taken;
    }
}
