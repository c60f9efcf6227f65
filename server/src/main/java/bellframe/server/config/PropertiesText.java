package bellframe.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Java properties files in UTF-8.
public final class PropertiesText {

    private PropertiesText() {
    }

    /// A file's entries by key.
    ///
    /// @throws IOException if the file cannot be read or is not a properties file
    public static Map<String, String> read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException problem) {
            throw new IOException("not a properties file: " + problem.getMessage(), problem);
        }
        var entries = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        return entries;
    }

    /// One line of a file, with its line end, for a value of one line.
    public static String entry(String key, String value) {
        return key + "=" + value.replace("\\", "\\\\") + "\n";
    }
}
