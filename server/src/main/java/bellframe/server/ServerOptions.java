package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that configure a server; `config/bellframe.properties` explains what they set.
final class ServerOptions {

    @Mixin
    private final FolderOptions folder = new FolderOptions();

    @Option(names = "--port", paramLabel = "N", description = "The port for clients; 8080, 0 for any.")
    private @Nullable String port;

    @Option(names = "--admin-port", paramLabel = "N", description = "The port for health and metrics; 8081.")
    private @Nullable String adminPort;

    @Option(names = "--host", paramLabel = "H", description = "The address to listen on; all by default.")
    private @Nullable String host;

    @Option(names = "--public-host", paramLabel = "H[:P]", description = "The name clients use for this server.")
    private @Nullable String publicHost;

    @Option(names = "--dev", description = "Believe requests signed with any key; listen to this machine only.")
    private boolean dev;

    ServerConfig read() {
        var flags = new EnumMap<Setting, String>(Setting.class);
        put(flags, Setting.PORT, port);
        put(flags, Setting.ADMIN_PORT, adminPort);
        put(flags, Setting.HOST, host);
        put(flags, Setting.PUBLIC_HOST, publicHost);
        put(flags, Setting.DEV, dev ? "true" : null);
        return folder.read(flags);
    }

    private static void put(Map<Setting, String> flags, Setting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting, text);
        }
    }
}
