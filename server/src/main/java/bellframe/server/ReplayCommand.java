package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellframe replay`: has a running server append the messages that it stores to a stream. When the command ends, for
/// whatever reason, nothing goes on.
@Command(name = "replay", description = "Append the messages that a running server stores to a stream.")
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ARN", description = "The ARN of an app instance, or of one channel.")
    private String arn = "";

    @Option(names = "--stream", paramLabel = "ARN", description = "The stream; by default the one that the app instance has"
            + " for messages.")
    private @Nullable String stream;

    @Option(names = "--from", paramLabel = "TIME", description = "Messages created then or later, as in"
            + " 2026-03-01T12:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Messages created then or earlier.")
    private @Nullable Instant to;

    @Option(names = "--after", paramLabel = "POINT", description = "Where a replay with the same arguments ended that came"
            + " to no end.")
    private @Nullable String after;

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        RunningServerFile server = RunningServerFile.read(folder)
                .orElseThrow(() -> new FolderUnusable("no server is running on " + folder, null));
        var request = new ReplayRequest(ReplayRequest.selection(arn, from, to), stream,
                after == null ? null : ReplayRequest.point(after));
        var err = spec.commandLine().getErr();
        var replaying = new Replaying(part -> AdminClient.replay(server, part).part(), System::nanoTime,
                pause -> LockSupport.parkNanos(pause.toNanos()), line -> {
                    err.println(line);
                    err.flush();
                });
        var out = spec.commandLine().getOut();
        out.println(replaying.run(request));
        out.flush();
        return ExitCode.DONE.status();
    }
}
