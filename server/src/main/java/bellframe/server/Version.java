package bellframe.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into the jar.
final class Version implements IVersionProvider {

    private static final String RESOURCE = "version.properties";

    static String current() {
        var properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            properties.load(resource);
        } catch (IOException problem) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", problem);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"Bellframe " + current()};
    }
}
