package bellframe.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: flags beat the environment, the environment beats the file, the file beats the defaults.
///
/// The file is the one that `--config` or `BELLFRAME_CONFIG` names, else `bellframe.properties` in the data folder if
/// there is one. A key that does not exist is refused wherever it stands. An empty environment variable counts as not
/// set.
public final class ConfigReader {

    /// The file that is read from the data folder when none is named.
    public static final String FILE_IN_DATA_FOLDER = "bellframe.properties";

    private static final String CONFIG_VARIABLE = "BELLFRAME_CONFIG";
    private static final String VARIABLE_FILE_SUFFIX = "_FILE";
    private static final String KEY_FILE_SUFFIX = "File";

    /// Variables of this prefix that are not the server's: the launcher's, and the one that `bellframe env` exports.
    private static final Set<String> OTHER_VARIABLES = Set.of(
            CONFIG_VARIABLE,
            "BELLFRAME_JAVA_HOME",
            "BELLFRAME_JAVA_OPTS",
            "BELLFRAME_JAVA_FOLDERS",
            "BELLFRAME_APP_INSTANCE_ARN");

    private final Map<String, String> environment;

    /// @param environment the process's environment variables
    public ConfigReader(Map<String, String> environment) {
        this.environment = environment.entrySet()
                .stream()
                .filter(entry -> entry.getKey().startsWith(Setting.ENVIRONMENT_PREFIX) && !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first, TreeMap::new));
    }

    /// The effective configuration.
    ///
    /// @param flags what the command line gave
    /// @param configFlag the value of `--config`
    /// @throws InvalidConfig if any of the sources has an unknown key or a value that is not allowed
    public ServerConfig read(Map<Setting, String> flags, @Nullable String configFlag) {
        refuseUnknownVariables();
        var above = new SettingValues();
        giveVariablesAndFlags(above, flags);
        String named = configFlag == null ? environment.get(CONFIG_VARIABLE) : configFlag;
        var all = new SettingValues();
        if (named == null) {
            giveFileInDataFolder(all, above.path(Setting.DATA));
        } else {
            giveFile(all, Path.of(named));
        }
        giveVariablesAndFlags(all, flags);
        return all.toConfig();
    }

    private void giveVariablesAndFlags(SettingValues values, Map<Setting, String> flags) {
        giveVariables(values);
        flags.forEach((setting, text) -> values.give(setting, text, "the command line"));
    }

    private void giveVariables(SettingValues values) {
        for (Setting setting : Setting.values()) {
            give(values, setting, environment, setting.variable(), setting.variable() + VARIABLE_FILE_SUFFIX,
                    "the environment");
        }
    }

    private static void giveFile(SettingValues values, Path file) {
        Map<String, String> entries = entries(file);
        refuseUnknownKeys(entries.keySet(), file);
        for (Setting setting : Setting.values()) {
            give(values, setting, entries, setting.key(), setting.key() + KEY_FILE_SUFFIX, file.toString());
        }
    }

    /// A data folder's own file cannot lead to another data folder.
    private static void giveFileInDataFolder(SettingValues values, Path data) {
        Path file = data.resolve(FILE_IN_DATA_FOLDER);
        if (!Files.exists(file)) {
            return;
        }
        values.give(Setting.DATA, data.toString(), file.toString());
        giveFile(values, file);
        Path other = values.path(Setting.DATA);
        if (!data.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
            throw new InvalidConfig("data is " + other + " in " + file + ", must be " + data + " or left out there");
        }
    }

    private static void give(
            SettingValues values,
            Setting setting,
            Map<String, String> texts,
            String name,
            String fileName,
            String source) {
        String text = texts.get(name);
        String secretFile = setting.secret() ? texts.get(fileName) : null;
        if (text != null && secretFile != null) {
            throw new InvalidConfig("both " + name + " and " + fileName + " are set; set one of them");
        }
        if (secretFile != null) {
            values.give(setting, contentOf(secretFile, fileName), fileName);
        } else if (text != null) {
            values.give(setting, text, source);
        }
    }

    private static String contentOf(String path, String name) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException problem) {
            throw new InvalidConfig(name + " is " + path + ", which cannot be read: " + problem);
        }
    }

    private static Map<String, String> entries(Path file) {
        try {
            return PropertiesText.read(file);
        } catch (IOException problem) {
            throw new InvalidConfig("the configuration file " + file + " cannot be read: " + problem);
        }
    }

    private void refuseUnknownVariables() {
        Set<String> known = Stream.concat(
                OTHER_VARIABLES.stream(),
                names(Setting::variable, VARIABLE_FILE_SUFFIX)).collect(Collectors.toSet());
        refuseUnknown(environment.keySet(), known, "the environment");
    }

    private static void refuseUnknownKeys(Set<String> keys, Path file) {
        refuseUnknown(keys, names(Setting::key, KEY_FILE_SUFFIX).collect(Collectors.toSet()), file.toString());
    }

    private static Stream<String> names(Function<Setting, String> name, String fileSuffix) {
        return Arrays.stream(Setting.values())
                .flatMap(setting -> setting.secret()
                        ? Stream.of(name.apply(setting), name.apply(setting) + fileSuffix)
                        : Stream.of(name.apply(setting)));
    }

    private static void refuseUnknown(Set<String> names, Set<String> known, String source) {
        List<String> unknown = names.stream().filter(name -> !known.contains(name)).sorted().toList();
        if (!unknown.isEmpty()) {
            String name = unknown.getFirst();
            Optional<String> nearMiss = NearMiss.of(name, known);
            throw new InvalidConfig(name + " (in " + source + ") is not a setting; "
                    + nearMiss.map(likely -> "did you mean " + likely + "?")
                            .orElse("`bellframe config print` lists all settings"));
        }
    }
}
