package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bellframe outbox`: what a running server has to hand to receivers outside, and how these are.
@Command(name = "outbox", description = "Print what waits to be handed to those outside, and how they are.")
final class OutboxCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        RunningServerFile server = RunningServerFile.read(folder)
                .orElseThrow(() -> new FolderUnusable("no server is running on " + folder, null));
        var out = spec.commandLine().getOut();
        out.println(AdminClient.outbox(server));
        out.flush();
        return ExitCode.DONE.status();
    }
}
