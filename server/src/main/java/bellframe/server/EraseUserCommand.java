package bellframe.server;

import bellframe.names.Account;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import bellframe.websocket.NettyFrameEncoder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellframe erase-user`: what deleting a user leaves, for the law's sake: its messages go too. A running server is asked
/// to do it; without one, this process does.
@Command(name = "erase-user", description = "Delete a user, its name and all messages it sent.")
final class EraseUserCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ARN", description = "The ARN of the user; it may have been deleted already.")
    private String arn = "";

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        Installation installation = Installation.read(folder, config, new SecureRandom())
                .orElseThrow(() -> new FolderUnusable("there is nobody in " + folder, null));
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        String done = running.isPresent()
                ? AdminClient.eraseUser(running.get(), arn)
                : eraseWithoutServer(folder, config, installation);
        var out = spec.commandLine().getOut();
        out.println(done);
        out.flush();
        return ExitCode.DONE.status();
    }

    private String eraseWithoutServer(DataFolder folder, ServerConfig config, Installation installation)
            throws IOException {
        var account = new Account(installation.account(), installation.region());
        try (var _ = folder.lock();
                var metrics = new Metrics();
                var store = RocksDbStorage.open(RocksDbOptions.of(folder.path())
                        .withMemoryBytes(config.storeMemoryBytes()));
                var domain = new Domain(account, config, store, new NettyFrameEncoder(),
                        Outside.later(config.outbound()), metrics.registry(), InstantSource.system(),
                        new SecureRandom())) {
            return new EraseUserTask(domain).run(arn).answer();
        }
    }
}
