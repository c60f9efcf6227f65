package bellframe.server.folder;

import bellframe.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names and addresses under which clients may reach a server.
public final class ServerNames {

    private static final Logger log = LoggerFactory.getLogger(ServerNames.class);

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+");
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9])?");
    private static final Pattern ANY_ADDRESS = Pattern.compile("0\\.0\\.0\\.0|[0:]+");

    private ServerNames() {
    }

    /// localhost and its addresses, this machine's name, and what the configuration names.
    public static SequencedSet<String> of(ServerConfig config) {
        var names = new LinkedHashSet<String>();
        names.add("localhost");
        names.add("127.0.0.1");
        names.add("::1");
        add(names, machineName());
        if (config.host() != null) {
            add(names, config.host());
        }
        if (config.publicHost() != null) {
            add(names, withoutPort(config.publicHost()));
        }
        return names;
    }

    static boolean isAddress(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(name) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void add(SequencedSet<String> names, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean usable = isAddress(lower) || HOST_NAME.matcher(lower).matches();
        if (usable && !ANY_ADDRESS.matcher(lower).matches()) {
            names.add(lower);
        }
    }

    private static String withoutPort(String publicHost) {
        return publicHost.startsWith("[")
                ? publicHost.substring(1, publicHost.indexOf(']'))
                : publicHost.replaceFirst(":[0-9]+$", "");
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException problem) {
            log.debug("this machine's name has no address and stays out of the certificate", problem);
            return "localhost";
        }
    }
}
