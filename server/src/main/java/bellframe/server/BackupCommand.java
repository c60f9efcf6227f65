package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Backup;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellframe backup`: a consistent copy of a data folder. A running server is asked to make it; without one, this process
/// does.
@Command(name = "backup", description = "Copy a data folder, also while its server runs.")
final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder to make; it must not exist.")
    private Path target = Path.of("");

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        if (Installation.read(folder, config, new SecureRandom()).isEmpty()) {
            throw new FolderUnusable("there is nothing to copy in " + folder, null);
        }
        Path absolute = target.toAbsolutePath().normalize();
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        if (running.isPresent()) {
            AdminClient.backup(running.get(), absolute);
        } else {
            copyWithoutServer(folder, config, absolute);
        }
        var out = spec.commandLine().getOut();
        out.println("backup of " + folder + " made in " + absolute);
        out.flush();
        return ExitCode.DONE.status();
    }

    private static void copyWithoutServer(DataFolder folder, ServerConfig config, Path target) throws IOException {
        try (var _ = folder.lock();
                var store = RocksDbStorage.open(RocksDbOptions.of(folder.path())
                        .withMemoryBytes(config.storeMemoryBytes()))) {
            Backup.make(folder, target, store::copyTo, Instant.now(), Version.current());
        }
    }
}
