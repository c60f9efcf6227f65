package bellframe.server;

import bellframe.server.config.ConfigReader;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The flags by which a command finds the data folder and the configuration; they may stand before or behind the name of a
/// command in a command.
final class FolderOptions {

    @Option(names = "--data", scope = ScopeType.INHERIT, paramLabel = "DIR", description = "The data folder; ./data by"
            + " default.")
    private @Nullable String data;

    @Option(names = "--config", scope = ScopeType.INHERIT, paramLabel = "FILE", description = "The configuration file.")
    private @Nullable String config;

    ServerConfig read(Map<Setting, String> otherFlags) {
        var flags = new EnumMap<Setting, String>(Setting.class);
        flags.putAll(otherFlags);
        if (data != null) {
            flags.put(Setting.DATA, data);
        }
        return new ConfigReader(System.getenv()).read(flags, config);
    }
}
