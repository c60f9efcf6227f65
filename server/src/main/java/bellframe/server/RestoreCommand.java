package bellframe.server;

import bellframe.server.folder.Backup;
import bellframe.server.folder.DataFolder;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellframe restore`: makes a data folder of a backup. It never writes over one.
@Command(name = "restore", description = "Make a data folder of a backup.")
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The backup; it stays as it is.")
    private Path backup = Path.of("");

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public Integer call() {
        DataFolder folder = DataFolder.at(options.read(Map.of()).data());
        Backup about = Backup.restore(backup, folder, RestoreCommand::requireReadable);
        var out = spec.commandLine().getOut();
        out.println(
                "restored the backup that Bellframe " + about.version() + " made at " + about.made() + " to " + folder);
        out.flush();
        return ExitCode.DONE.status();
    }

    private static void requireReadable(DataFolder restored) {
        RocksDbStorage.open(RocksDbOptions.of(restored.path())).close();
    }
}
