package bellframe.server;

import bellframe.server.config.ConfigReader;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.ServerNames;
import bellframe.storage.FaultyStorage;
import bellframe.storage.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/// A whole server in this process whose store fails or waits, and whose clock goes, as a test tells it to.
public final class FaultyServer implements AutoCloseable {

    private final Wiring wiring;
    private final SdkClients clients;
    private @Nullable FaultyStorage storage;

    /// @param settings as environment variables
    public FaultyServer(Path data, Map<String, String> settings) {
        this(data, settings, InstantSource.system());
    }

    FaultyServer(Path data, Map<String, String> settings, InstantSource clock) {
        var environment = new HashMap<>(settings);
        environment.put("BELLFRAME_DATA", data.toString());
        environment.put("BELLFRAME_PORT", "0");
        environment.put("BELLFRAME_ADMIN_PORT", "0");
        ServerConfig config = new ConfigReader(environment).read(Map.of(), null);
        var random = new SecureRandom();
        DataFolder folder = DataFolder.create(config.data());
        Installation installation = Installation.complete(folder, config, random);
        var certificates = new Certificates(folder, ServerNames.of(config), InstantSource.system(), random);
        wiring = Wiring.start(config, folder, installation, certificates, this::faulty, clock);
        clients = new SdkClients(URI.create("http://localhost:" + wiring.port()), installation.region(),
                AwsBasicCredentials.create(installation.rootKey().id(), installation.rootKey().secret()),
                installation.appInstanceArn());
    }

    public SdkClients clients() {
        return clients;
    }

    public FaultyStorage storage() {
        return Objects.requireNonNull(storage);
    }

    /// Makes the server take its leave, as before it stops.
    public void drain() throws InterruptedException {
        wiring.drain();
    }

    @Override
    public void close() {
        clients.close();
        storage().setReads(FaultyStorage.Reads.PASS);
        storage().setSubmits(FaultyStorage.Submits.PASS);
        wiring.close();
    }

    private Storage faulty(Storage behind) {
        storage = new FaultyStorage(behind);
        return storage;
    }
}
