package bellframe.server;

import bellframe.server.KeyRequest.Verb;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellframe keys`: the root key, the access keys of users and the master key, for their operator. A running server is
/// asked to do what there is to do; without one, this process does.
@Command(name = "keys", description = "Show and change the access keys of a data folder.")
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "Missing command: list, create, disable, enable, delete, rotate or rotate-master");
    }

    @Command(name = "list", description = "Print all access keys, without their secrets.")
    int list() throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.LIST));
    }

    @Command(name = "create", description = "Make an access key, and print it as shell commands; its secret is shown"
            + " this once.")
    int create(@Parameters(paramLabel = "USER", description = "The name of an IAM user.") String user)
            throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.CREATE, user));
    }

    @Command(name = "disable", description = "Have requests that are signed with a key refused.")
    int disable(@Parameters(paramLabel = "ID", description = "The id of a user's access key.") String id)
            throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.DISABLE, id));
    }

    @Command(name = "enable", description = "Have requests that are signed with a disabled key accepted again.")
    int enable(@Parameters(paramLabel = "ID", description = "The id of a user's access key.") String id)
            throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.ENABLE, id));
    }

    @Command(name = "delete", description = "Delete a key for good.")
    int delete(@Parameters(paramLabel = "ID", description = "The id of a user's access key.") String id)
            throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.DELETE, id));
    }

    @Command(name = "rotate", description = "Replace the root key, also if it is lost; the old one is refused at once.")
    int rotate() throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.ROTATE));
    }

    @Command(name = "rotate-master", description = "Replace the master key, at once or, if a server runs, at its next"
            + " start; ends sessions of temporary credentials.")
    int rotateMaster() throws IOException, InterruptedException {
        return answer(new KeyRequest(Verb.ROTATE_MASTER));
    }

    private int answer(KeyRequest request) throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        String answer = running.isPresent()
                ? AdminClient.keys(running.get(), request)
                : new KeysWithoutServer(folder, config).run(request);
        var out = spec.commandLine().getOut();
        out.println(answer.strip());
        out.flush();
        return ExitCode.DONE.status();
    }
}
