package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bellframe env`: what AWS clients on this machine need to reach the server that uses a data folder.
@Command(name = "env", description = "Print the shell commands that point AWS clients at the server of a data folder.")
final class EnvCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Option(names = "--https", description = "Use the TLS form of the endpoint.")
    private boolean https;

    @Override
    public void run() {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        Installation installation = Installation.read(folder, config, new SecureRandom())
                .orElseThrow(() -> new FolderUnusable(
                        "there is no server in " + folder + " yet; start one with `./bellframe serve --data "
                                + Shell.word(config.data().toString()) + "`",
                        null));
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        int port = running.map(RunningServerFile::port).orElse(config.port());
        boolean ownCertificate = OwnCertificate.file(config, running).isPresent();
        SequencedMap<String, String> variables = variables(installation, endpoint(config, port, ownCertificate));
        if (!ownCertificate) {
            trust(variables, folder.authorityCertificate());
        }
        variables.put("BELLFRAME_APP_INSTANCE_ARN", installation.appInstanceArn());
        var out = spec.commandLine().getOut();
        out.print(exports(variables));
        out.flush();
    }

    static String exports(SequencedMap<String, String> variables) {
        return variables.entrySet()
                .stream()
                .map(variable -> "export " + variable.getKey() + "=" + Shell.word(variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /// A certificate of the user is for the name that clients use, and hardly for `localhost`.
    private String endpoint(ServerConfig config, int port, boolean ownCertificate) {
        return https && ownCertificate && config.publicHost() != null
                ? "https://" + config.publicHost()
                : Address.of(https ? "https" : "http", config.host(), port);
    }

    private static SequencedMap<String, String> variables(Installation installation, String endpoint) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_ACCESS_KEY_ID", installation.rootKey().id());
        variables.put("AWS_SECRET_ACCESS_KEY", installation.rootKey().secret());
        variables.put("AWS_REGION", installation.region());
        variables.put("AWS_DEFAULT_REGION", installation.region());
        variables.put("AWS_ENDPOINT_URL", endpoint);
        return variables;
    }

    /// Not called for a certificate of the user: its authority is one that clients know, or one that the server does not, and
    /// clients that are given another bundle trust nothing else.
    private static void trust(SequencedMap<String, String> variables, Path authority) {
        variables.put("AWS_CA_BUNDLE", authority.toString());
        variables.put("NODE_EXTRA_CA_CERTS", authority.toString());
    }
}
