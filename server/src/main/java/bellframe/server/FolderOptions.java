package bellframe.server;

import bellframe.server.config.ConfigReader;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags by which a command finds the data folder and the configuration.
final class FolderOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder; ./data by default.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
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
